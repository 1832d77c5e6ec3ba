import FeatureStorage
import OSMModel
import PlanarGeometry
import Testing

@testable import FeatureQueries

@Suite("GeoJSON geometries across 180 degrees (RFC 7946 section 3.1.9)")
struct GeoJSONGeometryTests {
    @Test("A line that crosses becomes two, each up to 180 degrees; one that only touches stays one")
    func line() throws {
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(170, 0), GeoCoordinate(-170, 10)]])
                == "{\"type\":\"MultiLineString\",\"coordinates\":[[[170,0],[180,5]],[[-180,5],[-170,10]]]}")
        #expect(
            try GeoJSONWriterTests.geometry(.line, [[GeoCoordinate(179, 0), GeoCoordinate(-180, 0)]])
                == "{\"type\":\"LineString\",\"coordinates\":[[179,0],[180,0]]}")
    }

    @Test("Pieces of polygons run counter-clockwise, holes clockwise (section 3.1.6), however the ring was drawn")
    func polygon() throws {
        let ring = [GeoCoordinate(179, -1), GeoCoordinate(-179, -1), GeoCoordinate(-179, 1), GeoCoordinate(179, 1)]
        for drawn in [ring, ring.reversed()] {
            let shape = GeoJSONShape(
                Geometry(type: .polygons, points: drawn.map(WebMercator.worldPoint), partEnds: [4]))
            #expect(shape.polygons.count == 2)
            let text = try GeoJSONWriterTests.geometry(.closedArea, [drawn])
            #expect(text.hasPrefix("{\"type\":\"MultiPolygon\""))
            let corners = ["[179,-1],[180,-1],[180,1],[179,1]", "[-180,-1],[-179,-1],[-179,1],[-180,1]"]
            // From whichever corner on, but counter-clockwise.
            for corner in corners {
                let points = corner.split(separator: "],[").map { $0.filter { $0 != "[" && $0 != "]" } }
                let turns = points.indices.map { start in
                    (0...points.count).map { "[" + points[(start + $0) % points.count] + "]" }.joined(separator: ",")
                }
                #expect(turns.contains { text.contains($0) }, "\(text)")
            }
        }
    }

    @Test("Two exteriors across 180 degrees are two polygons, a hole stays in its own")
    func exteriors() {
        func square(_ west: Double, _ east: Double, _ south: Double, _ north: Double) -> [GeoCoordinate] {
            [
                GeoCoordinate(west, north), GeoCoordinate(east, north), GeoCoordinate(east, south),
                GeoCoordinate(west, south),
            ]
        }
        let rings = [square(170, -170, -10, 0), square(171, -171, -9, -1).reversed(), square(175, -175, 5, 6)]
        var geometry = Geometry(type: .polygons)
        for ring in rings {
            geometry.points += ring.map(WebMercator.worldPoint)
            geometry.endPart()
        }
        let shape = GeoJSONShape(geometry)
        // The hole crosses too, so the first polygon is two rings around nothing.
        #expect(shape.polygons.count == 4)
        #expect(shape.polygons.allSatisfy { $0.count == 1 })
    }
}
