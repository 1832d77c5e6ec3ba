import PlanarGeometry
import TestSupport
import Testing

/// A place in degrees, in steps of 1e-7.
private func place(_ longitude: Double, _ latitude: Double) -> PlanePoint {
    PlanePoint(x: Int64((longitude * 1e7).rounded()), y: Int64((latitude * 1e7).rounded()))
}

@Suite("Cutting at 180 degrees")
struct AntimeridianCutTests {
    @Test("A line that crosses becomes two, each up to 180 degrees")
    func line() throws {
        #expect(
            AntimeridianCut.degrees.lines([place(170, 0), place(-170, 10)])
                == [[place(170, 0), place(180, 5)], [place(-180, 5), place(-170, 10)]])
        // Back and forth.
        let pieces = AntimeridianCut.degrees.lines([place(179, 0), place(-179, 2), place(179, 4)])
        #expect(
            pieces == [
                [place(179, 0), place(180, 1)],
                [place(-180, 1), place(-179, 2), place(-180, 3)],
                [place(180, 3), place(179, 4)],
            ])
    }

    @Test("A line that only touches 180 degrees stays one")
    func touching() throws {
        let cut = AntimeridianCut.degrees
        #expect(cut.lines([place(179, 0), place(180, 0)]) == [[place(179, 0), place(180, 0)]])
        // The end is written on the line's own side.
        #expect(cut.lines([place(179, 0), place(-180, 0)]) == [[place(179, 0), place(180, 0)]])
        #expect(cut.lines([place(180, 0), place(-179, 0)]) == [[place(-180, 0), place(-179, 0)]])
        #expect(cut.lines([place(-100, 0), place(80, 0)]) == [[place(-100, 0), place(80, 0)]])
        // Along the meridian, written both ways.
        #expect(
            cut.lines([place(180, 0), place(-180, 1), place(180, 2)]) == [
                [place(180, 0), place(180, 1), place(180, 2)]
            ])
    }

    @Test("A polygon that crosses becomes two")
    func polygon() throws {
        let ring = [place(179, -1), place(-179, -1), place(-179, 1), place(179, 1)]
        for start in [ring, ring.reversed()] {
            let polygons = AntimeridianCut.degrees.polygons([start])
            #expect(polygons.count == 2)
            #expect(
                Set(polygons[0][0]) == [
                    place(179, -1), place(180, -1), place(180, 1), place(179, 1),
                ])
            #expect(
                Set(polygons[1][0]) == [
                    place(-180, -1), place(-179, -1), place(-179, 1), place(-180, 1),
                ])
        }
    }

    @Test("A comb across the meridian falls into its teeth")
    func comb() {
        // Back on the west side, three teeth to the east.
        var ring = [place(178, 0)]
        for tooth in 0..<3 {
            let south = Double(tooth) * 2
            ring += [place(-179, south), place(-179, south + 1)]
            if tooth < 2 { ring += [place(179, south + 1), place(179, south + 2)] }
        }
        ring.append(place(178, 5))
        let polygons = AntimeridianCut.degrees.polygons([ring])
        #expect(polygons.count == 4)
        #expect(polygons.allSatisfy { $0.count == 1 })
        #expect(polygons.filter { $0[0].allSatisfy { $0.x < 0 } }.count == 3)
    }

    @Test("Holes go with the piece they are in, and what is cut through a hole has none there")
    func holes() {
        let outer = [
            place(170, -10), place(-170, -10), place(-170, 10), place(170, 10),
        ]
        let west = [place(172, 1), place(172, 2), place(173, 2), place(173, 1)]
        let east = [place(-172, 1), place(-172, 2), place(-171, 2), place(-171, 1)]
        let middle = [place(179, -2), place(179, -1), place(-179, -1), place(-179, -2)]
        let polygons = AntimeridianCut.degrees.polygons([outer, west, east, middle])
        #expect(polygons.count == 2)
        #expect(polygons.map(\.count) == [2, 2])
        #expect(polygons[0][1] == west)
        #expect(polygons[1][1] == east)
        #expect(polygons[0][0].contains(place(179, -2)))
        #expect(polygons[1][0].contains(place(-179, -2)))
    }

    @Test("A ring around a pole is closed over it")
    func pole() {
        let cap = stride(from: -170.0, to: 180, by: 20).map { place($0, 66) }
        for ring in [cap, cap.reversed()] {
            let polygons = AntimeridianCut.degrees.polygons([ring])
            let area = polygons.reduce(0.0) { $0 + abs(Double(AntimeridianCut.doubledArea($1[0]))) / 2e14 }
            #expect(abs(area - 360 * 24) < 0.001)
            #expect(polygons.allSatisfy { $0[0].allSatisfy { abs($0.x) <= 1_800_000_000 && abs($0.y) <= 900_000_000 } })
        }
        let drawn = stride(from: -180.0, through: 180, by: 20).map { place($0, -70) }
        let antarctica = AntimeridianCut.degrees.polygons([drawn + [place(180, -90), place(-180, -90)]])
        #expect(antarctica.count == 1)
        #expect(abs(Double(AntimeridianCut.doubledArea(antarctica[0][0]))) / 2e14 == 360 * 20)
    }

    @Test(
        "A ring around a pole that crosses the meridian several times has one way to the pole, and pieces that share no edge"
    )
    func zigzagAroundPole() {
        // Across near 180 degrees three times, at 60, 65 and 70 degrees north; the pole lies beyond 70.
        let ring = [
            place(-170, 60), place(0, 60), place(170, 60), place(-175, 62), place(175, 67), place(-172, 72),
            place(-160, 71),
            place(-160, 61),
        ]
        let polygons = AntimeridianCut.degrees.polygons([Array(ring[..<6])])
        var edges: Set<[PlanePoint]> = []
        for polygon in polygons {
            for (a, b) in zip(polygon[0], polygon[0].dropFirst() + polygon[0].prefix(1)) {
                #expect(edges.insert([a, b].sorted { ($0.x, $0.y) < ($1.x, $1.y) }).inserted)
            }
        }
        #expect(!edges.contains { $0.allSatisfy { abs($0.x) < 1_800_000_000 && abs($0.y) == 900_000_000 } })
        // On the way to the pole nothing else lies on the meridian.
        #expect(polygons.count { $0[0].contains { $0.y == 900_000_000 } } == 1)
    }

    @Test("A hole that touches the meridian stays a hole where it touches once, and opens into it where it does more")
    func touchingHoles() {
        let outer = [place(170, -10), place(-170, -10), place(-170, 10), place(170, 10)]
        let once = [place(180, 0), place(178, 1), place(178, -1)]
        let polygons = AntimeridianCut.degrees.polygons([outer, once])
        #expect(polygons.map(\.count).sorted() == [1, 2])
        let along = [place(180, 1), place(178, 1), place(178, -1), place(180, -1)]
        let opened = AntimeridianCut.degrees.polygons([outer, along])
        #expect(opened.map(\.count) == [1, 1])
        #expect(opened.contains { $0[0].contains(place(178, 1)) })
        let twice = [place(180, 2), place(178, 0), place(180, -2), place(177, 0)]
        let split = AntimeridianCut.degrees.polygons([outer, twice])
        // Between the two points where it touches, a piece is cut off.
        #expect(split.count == 3)
        let area = split.reduce(Int128(0)) { $0 + abs(AntimeridianCut.doubledArea($1[0])) }
        #expect(
            area == 2 * 400 * 100_000_000_000_000
                - abs(
                    AntimeridianCut.doubledArea(
                        twice.map {
                            PlanePoint(x: $0.x, y: $0.y)
                        })))
    }

    @Test("A ring that touches the meridian from inside falls into pieces that touch there, whatever its first point")
    func touchingExterior() {
        let ring = [
            place(-179, -2), place(-179, 2), place(179, 2), place(179, 1), place(-180, 0), place(179, -1),
            place(179, -2),
        ]
        for start in ring.indices {
            let turned = Array(ring[start...] + ring[..<start])
            for drawn in [turned, turned.reversed()] {
                let polygons = AntimeridianCut.degrees.polygons([drawn])
                let area = polygons.reduce(Int128(0)) { $0 + abs(AntimeridianCut.doubledArea($1[0])) }
                #expect(area == 2 * 7 * 100_000_000_000_000, "\(start)")
                #expect(polygons.count == 3)
            }
        }
    }

    @Test(
        "Pieces of random rings lie within 180 degrees and have the area of the whole",
        arguments: 0..<3 as Range<UInt64>)
    func random(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            // Round rings seen from a place near the meridian, with points just on it now and then.
            let center = 1_800_000_000 + Int64.random(in: -300_000_000...300_000_000, using: &generator)
            let directions: [(Int64, Int64)] = [(-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0)]
            let whole = directions.map { direction -> PlanePoint in
                let away = Int64.random(in: 100_000_000...350_000_000, using: &generator)
                let x = center + direction.0 * away
                return PlanePoint(
                    x: abs(x - 1_800_000_000) < 60_000_000 ? 1_800_000_000 : x, y: direction.1 * away)
            }
            let ring = whole.map { $0.x > 1_800_000_000 ? PlanePoint(x: $0.x - 3_600_000_000, y: $0.y) : $0 }
            let polygons = AntimeridianCut.degrees.polygons([ring])
            var sum: Int128 = 0
            for polygon in polygons {
                for outline in polygon {
                    sum += abs(AntimeridianCut.doubledArea(outline))
                    #expect(outline.allSatisfy { abs($0.x) <= 1_800_000_000 }, "seed \(seed)")
                    for (a, b) in zip(outline, outline.dropFirst() + outline.prefix(1)) {
                        #expect(abs(a.x - b.x) <= 1_800_000_000)
                    }
                }
            }
            let area = abs(Double(AntimeridianCut.doubledArea(whole)))
            #expect(abs(Double(sum) - area) <= area * 1e-6, "seed \(seed), \(ring)")
        }
    }
}
