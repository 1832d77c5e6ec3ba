import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import FeatureQueries

@Suite("Cutting at 180 degrees (RFC 7946 section 3.1.9)")
struct AntimeridianCutTests {
    @Test("A line that crosses becomes two, each up to 180 degrees")
    func line() throws {
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(170, 0), GeoCoordinate(-170, 10)]])
                == "{\"type\":\"MultiLineString\",\"coordinates\":[[[170,0],[180,5]],[[-180,5],[-170,10]]]}")
        // Back and forth.
        let pieces = AntimeridianCut.lines([GeoCoordinate(179, 0), GeoCoordinate(-179, 2), GeoCoordinate(179, 4)])
        #expect(
            pieces == [
                [GeoCoordinate(179, 0), GeoCoordinate(180, 1)],
                [GeoCoordinate(-180, 1), GeoCoordinate(-179, 2), GeoCoordinate(-180, 3)],
                [GeoCoordinate(180, 3), GeoCoordinate(179, 4)],
            ])
    }

    @Test("A line that only touches 180 degrees stays one")
    func touching() throws {
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(179, 0), GeoCoordinate(180, 0)]])
                == "{\"type\":\"LineString\",\"coordinates\":[[179,0],[180,0]]}")
        // The end is written on the line's own side.
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(179, 0), GeoCoordinate(-180, 0)]])
                == "{\"type\":\"LineString\",\"coordinates\":[[179,0],[180,0]]}")
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(180, 0), GeoCoordinate(-179, 0)]])
                == "{\"type\":\"LineString\",\"coordinates\":[[-180,0],[-179,0]]}")
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(-100, 0), GeoCoordinate(80, 0)]])
                == "{\"type\":\"LineString\",\"coordinates\":[[-100,0],[80,0]]}")
    }

    @Test("A polygon that crosses becomes two")
    func polygon() throws {
        let ring = [GeoCoordinate(179, -1), GeoCoordinate(-179, -1), GeoCoordinate(-179, 1), GeoCoordinate(179, 1)]
        for start in [ring, ring.reversed()] {
            let polygons = AntimeridianCut.polygons([start])
            #expect(polygons.count == 2)
            #expect(
                Set(polygons[0][0]) == [
                    GeoCoordinate(179, -1), GeoCoordinate(180, -1), GeoCoordinate(180, 1), GeoCoordinate(179, 1),
                ])
            #expect(
                Set(polygons[1][0]) == [
                    GeoCoordinate(-180, -1), GeoCoordinate(-179, -1), GeoCoordinate(-179, 1), GeoCoordinate(-180, 1),
                ])
        }
        #expect(try GeoJSONWriterTests.geometry(.closedArea, [ring]).hasPrefix("{\"type\":\"MultiPolygon\""))
    }

    @Test("A comb across the meridian falls into its teeth")
    func comb() {
        // Back on the west side, three teeth to the east.
        var ring = [GeoCoordinate(178, 0)]
        for tooth in 0..<3 {
            let south = Double(tooth) * 2
            ring += [GeoCoordinate(-179, south), GeoCoordinate(-179, south + 1)]
            if tooth < 2 { ring += [GeoCoordinate(179, south + 1), GeoCoordinate(179, south + 2)] }
        }
        ring.append(GeoCoordinate(178, 5))
        let polygons = AntimeridianCut.polygons([ring])
        #expect(polygons.count == 4)
        #expect(polygons.allSatisfy { $0.count == 1 })
        #expect(polygons.filter { $0[0].allSatisfy { $0.longitude < 0 } }.count == 3)
    }

    @Test("Holes go with the piece they are in, and what is cut through a hole has none there")
    func holes() {
        let outer = [
            GeoCoordinate(170, -10), GeoCoordinate(-170, -10), GeoCoordinate(-170, 10), GeoCoordinate(170, 10),
        ]
        let west = [GeoCoordinate(172, 1), GeoCoordinate(172, 2), GeoCoordinate(173, 2), GeoCoordinate(173, 1)]
        let east = [GeoCoordinate(-172, 1), GeoCoordinate(-172, 2), GeoCoordinate(-171, 2), GeoCoordinate(-171, 1)]
        let middle = [GeoCoordinate(179, -2), GeoCoordinate(179, -1), GeoCoordinate(-179, -1), GeoCoordinate(-179, -2)]
        let polygons = AntimeridianCut.polygons([outer, west, east, middle])
        #expect(polygons.count == 2)
        #expect(polygons.map(\.count) == [2, 2])
        #expect(polygons[0][1] == west)
        #expect(polygons[1][1] == east)
        #expect(polygons[0][0].contains(GeoCoordinate(179, -2)))
        #expect(polygons[1][0].contains(GeoCoordinate(-179, -2)))
    }

    @Test("A ring around a pole is closed over it")
    func pole() {
        let cap = stride(from: -170.0, to: 180, by: 20).map { GeoCoordinate($0, 66) }
        for ring in [cap, cap.reversed()] {
            let polygons = AntimeridianCut.polygons([ring])
            let area = polygons.reduce(0.0) { $0 + abs(Double(AntimeridianCut.doubledArea($1[0]))) / 2e14 }
            #expect(abs(area - 360 * 24) < 0.001)
            #expect(polygons.allSatisfy { $0[0].allSatisfy { $0.isValid } })
        }
        let drawn = stride(from: -180.0, through: 180, by: 20).map { GeoCoordinate($0, -70) }
        let antarctica = AntimeridianCut.polygons([drawn + [GeoCoordinate(180, -90), GeoCoordinate(-180, -90)]])
        #expect(antarctica.count == 1)
        #expect(abs(Double(AntimeridianCut.doubledArea(antarctica[0][0]))) / 2e14 == 360 * 20)
    }

    @Test("Pieces of random rings lie within 180 degrees and have the area of the whole")
    func random() throws {
        let seed: UInt64 = 77
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let center = GeoCoordinate(
                longitude: .random(in: -1_800_000_000...1_800_000_000, using: &generator),
                latitude: .random(in: -500_000_000...500_000_000, using: &generator))
            let shift = Int64.random(in: -300_000_000...300_000_000, using: &generator)
            let around = GeoCoordinate(
                longitude: Int32(1_799_999_999 - abs(shift)), latitude: center.latitude)
            let ring = RandomFeatures.ring(around, 350_000_000, &generator)
            let polygons = AntimeridianCut.polygons([ring])
            // The same ring moved away from the meridian.
            let moved = ring.map { coordinate in
                var longitude = Int64(coordinate.longitude) - 1_000_000_000
                if longitude < -1_800_000_000 { longitude += 3_600_000_000 }
                return GeoCoordinate(longitude: Int32(longitude), latitude: coordinate.latitude)
            }
            let whole = abs(Double(AntimeridianCut.doubledArea(moved)))
            var sum = 0.0
            for polygon in polygons {
                for outline in polygon {
                    sum += abs(Double(AntimeridianCut.doubledArea(outline)))
                    #expect(outline.allSatisfy { $0.isValid }, "seed \(seed)")
                    for (a, b) in zip(outline, outline.dropFirst() + outline.prefix(1)) {
                        #expect(abs(Int64(a.longitude) - Int64(b.longitude)) <= 1_800_000_000)
                    }
                }
            }
            #expect(abs(sum - whole) <= whole * 1e-6, "seed \(seed), \(ring)")
        }
    }
}
