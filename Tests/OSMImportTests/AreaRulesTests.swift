import FeatureStorage
import OSMImport
import OSMModel
import TestSupport
import Testing
import TileSchemas

@Suite("Area rules")
struct AreaRulesTests {
    static let ring = """
        n1 x0 y0
        n2 x1 y0
        n3 x1 y1
        n4 x0 y1

        """

    @Test("Later rules win over earlier ones and over the table; area=yes and area=no win over all")
    func order() async throws {
        let rules = try AreaRules(
            parsing: """
                # A comment, then an empty line

                area [man_made=pier]   # another
                line [building][building!=yes]
                line[name="a # b"]
                area [building=roof]
                line [natural~"^s"]
                """)
        #expect(rules.rules.count == 5)
        let tags = [
            "man_made=pier": true, "building=yes": true, "building=no": false, "building=house": false,
            "building=roof": true,
            "name=a%20%#%20%b,leisure=park": false, "leisure=park": true, "natural=sand": false, "natural=water": true,
            "man_made=pier,area=no": false, "natural=sand,area=yes": true, "highway=service": false,
        ]
        var text = Self.ring
        let ordered = tags.sorted { $0.key < $1.key }
        for (number, tag) in ordered.enumerated() { text += "w\(number + 1) Nn1,n2,n3,n4,n1 T\(tag.key)\n" }
        let folder = try TemporaryFolder()
        var options = ImportOptions()
        options.areaRules = rules
        let path = folder.path("ruled.tuile")
        _ = try await OSMImporter(schema: .shortbread, options: options).run(OSMBuilder(text), to: path)
        let store = try FeatureStore(path: path)
        for (number, tag) in ordered.enumerated() {
            let record = try #require(try store.featureNumber(of: ElementID(.way, Int64(number + 1))))
            #expect((try store.feature(record).shape == .closedArea) == tag.value, "\(tag.key)")
        }
        #expect(store.metadata.areaRulesHash == rules.textHash)
        #expect(rules.textHash.count == 64)
    }

    @Test("A byte order mark is no rule")
    func byteOrderMark() throws {
        #expect(try AreaRules(parsing: "\u{feff}area [man_made=pier]\r\nline [a=b]").rules.count == 2)
    }

    @Test("Without rules the metadata has no hash of any")
    func noRules() async throws {
        #expect(try await ImportedStore(Self.ring).store.metadata.areaRulesHash == nil)
    }

    @Test("All errors of a file are told at once, by line and column")
    func errors() throws {
        let text =
            "area [natural=water]\n  polygon [x]\narea\nline [a=\narea [b] c # d\nline [é=1] [2\nline [a~\"(\"]\n"
        let error = #expect(throws: AreaRulesError.self) { _ = try AreaRules(parsing: text) }
        let faults = try #require(error).faults
        #expect(faults.map(\.line) == [2, 3, 4, 5, 6, 7])
        #expect(faults.map(\.column) == [3, 5, 9, 10, 12, 5])
        #expect(faults[0].message == "found \"polygon\", expected area or line")
        #expect("\(try #require(error))".split(separator: "\n").count == 6)
    }
}
