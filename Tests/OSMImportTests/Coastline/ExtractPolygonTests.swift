import OSMImport
import PlanarGeometry
import Testing

/// https://wiki.openstreetmap.org/wiki/Osmosis/Polygon_Filter_File_Format
@Suite struct ExtractPolygonTests {
    @Test func ringsAndHolesAreRead() throws {
        let polygon = try ExtractPolygon(
            parsing: "some name\n1\n   1.0E+00   2\n\t3 2\n3 4.5\n1 2\nEND\n\n!hole\n1 1\n2 1\n2 2\nEND\nEND\nmore")
        #expect(polygon.name == "some name")
        #expect(polygon.rings.map(\.isHole) == [false, true])
        // The repeated first point is left out.
        #expect(polygon.rings[0].points.count == 3)
        #expect(polygon.rings[0].points[2] == GeoCoordinate(longitude: 30_000_000, latitude: 45_000_000))
    }

    @Test func linesMayEndInEveryWay() throws {
        let polygon = try ExtractPolygon(parsing: "a\r\n1\r\n1 1\r\n2 1\r\n2 2\r\nEND\r\nEND\r\n")
        #expect(polygon.rings[0].points.count == 3)
    }

    @Test(arguments: [
        ("", 1, "the file is empty"), ("a\n1\n1 1\n2 1\n2 2\nEND", 6, "the final END is missing"),
        ("a\n1\n1 1\n2 1\n2 2", 5, "a ring has no END"), ("a\n1\n1 x\n", 3, "'x' is no number"),
        ("a\n1\n1 2 3\n", 3, "expected longitude and latitude, found 3 words"),
        ("a\n1\n181 0\n", 3, "181 0 lies outside ±180 and ±90 degrees"), ("a\n1\nnan 0\n", 3, "'nan' is no number"),
        ("a\n1\n1 1\n2 2\nEND\nEND", 2, "a ring of 2 points has no area"),
        ("a\nEND", 2, "no ring that is not taken away"),
    ])
    func faultsAreNamedWithTheirLine(text: String, line: Int, problem: String) {
        #expect(throws: ExtractPolygonError(line: line, problem: problem)) { try ExtractPolygon(parsing: text) }
    }
}
