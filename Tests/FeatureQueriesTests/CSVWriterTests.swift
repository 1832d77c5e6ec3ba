import FeatureQueries
import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("CSV (RFC 4180)")
struct CSVWriterTests {
    static func text(_ features: [MadeUpFeature], _ columns: String? = nil) throws -> String {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        var bytes: [UInt8] = []
        var runner = FeatureQueryRunner(store: store, query: FeatureQuery())
        let chosen = try columns.map { try CSVColumn.list(parsing: $0) } ?? CSVColumn.standard
        try runner.write(.csv, columns: chosen) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("The standard columns")
    func standard() throws {
        let node = MadeUpFeature(
            element: ElementID(.node, 3), tags: [("name", "Zum \"Adler\", hinten"), ("ele", "5")], shape: .point,
            parts: [[GeoCoordinate(-9.5, 47)]])
        #expect(
            try Self.text([node])
                == "id,lon,lat,name,tags\r\nn3,-9.5,47,\"Zum \"\"Adler\"\", hinten\","
                + "\"{\"\"ele\"\":\"\"5\"\",\"\"name\"\":\"\"Zum \\\"\"Adler\\\"\", hinten\"\"}\"\r\n")
        #expect(try Self.text([]) == "id,lon,lat,name,tags\r\n")
    }

    @Test("Chosen columns; empty where there is nothing; quotes only where needed")
    func chosen() throws {
        let way = MadeUpFeature(element: ElementID(.way, 3), tags: [("a,b", "x"), ("n", "two\nlines"), ("i", "07")])
        #expect(
            try Self.text([way], "a,b") == "a,b\r\n,\r\n")
        #expect(try Self.text([way], "n,i,lat,id,missing") == "n,i,lat,id,missing\r\n\"two\nlines\",07,,w3,\r\n")
    }

    @Test("A line has its middle by length, an area a point inside")
    func places() throws {
        func place(_ shape: StoredShape, _ parts: [[GeoCoordinate]]) throws -> [Double] {
            let feature = MadeUpFeature(
                element: ElementID(.way, 1), tags: [("a", "b")], shape: shape, parts: parts,
                isExterior: parts.indices.map { $0 == 0 })
            let line = try Self.text([feature], "lon,lat").split(separator: "\r\n")[1]
            return line.split(separator: ",").compactMap { Double($0) }
        }
        let line = try place(.line, [[GeoCoordinate(0, 0), GeoCoordinate(1, 0), GeoCoordinate(10, 0)]])
        #expect(abs(line[0] - 5) < 1e-6)
        #expect(line[1] == 0)
        let crossing = try place(.line, [[GeoCoordinate(179, 0), GeoCoordinate(-178, 0)]])
        #expect(abs(crossing[0] + 179.5) < 1e-6)
        let lines = try place(
            .lines, [[GeoCoordinate(0, 0), GeoCoordinate(1, 0)], [GeoCoordinate(5, 5), GeoCoordinate(5, 9)]])
        #expect(abs(lines[0] - 5) < 1e-6)
        #expect(lines[1] > 6.9 && lines[1] < 7.1)
        let horseshoe = [
            GeoCoordinate(0, 0), GeoCoordinate(9, 0), GeoCoordinate(9, 9), GeoCoordinate(8, 9), GeoCoordinate(8, 1),
            GeoCoordinate(1, 1), GeoCoordinate(1, 9), GeoCoordinate(0, 9),
        ]
        let area = try place(.closedArea, [horseshoe])
        #expect(area[0] < 1 || area[0] > 8 || area[1] < 1)
        let island = try place(
            .closedArea,
            [[GeoCoordinate(179, -1), GeoCoordinate(-177, -1), GeoCoordinate(-177, 1), GeoCoordinate(179, 1)]])
        #expect(island[0] < -177 || island[0] > 179)
        #expect(abs(island[1]) < 1)
        #expect(try place(.point, [[GeoCoordinate(180, 90)]]) == [180, 90])
        #expect(try place(.point, [[GeoCoordinate(-180, -89.9999999)]]) == [-180, -89.9999999])
    }
}
