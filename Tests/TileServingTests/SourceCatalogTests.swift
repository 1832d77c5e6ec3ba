import Testing

@testable import TileServing

@Suite struct SourceCatalogTests {
    @Test(arguments: [
        "catalog", "health", "map", "ogc", "styles", "fonts", "search", "metrics", "ready", "collections", "Map",
    ])
    func reservedNamesAreAConfigurationErrorThatSaysSo(_ name: String) {
        #expect(throws: TileServingError.reservedSourceName(name: name, origin: name)) {
            try makeServer([FakeTileSource(name)])
        }
    }

    @Test func equalNamesAreAConfigurationErrorNamingBoth() {
        let error = #expect(throws: TileServingError.self) {
            try makeServer([FakeTileSource("a"), FakeTileSource("b"), FakeTileSource("a")])
        }
        #expect(error == .duplicateSourceName(name: "a", first: "a", second: "a"))
        #expect(error?.isConfiguration == true)
    }

    @Test(arguments: ["", "a/b", "..", ".", "a\nb", "a\\b"])
    func namesThatAreNoPartOfAnAddressAreRefused(_ name: String) {
        #expect(throws: TileServingError.invalidSourceName(name: name, origin: name)) {
            try makeServer([FakeTileSource(name)])
        }
    }

    @Test(arguments: [
        ("data/monaco.osm.pbf", "monaco"), ("/x/berlin-latest.PMTiles", "berlin-latest"), ("a.tuile", "a"),
        ("v1.2.mbtiles", "v1.2"), (".osm", ".osm"), ("town.osm.gz", "town"), ("plain", "plain"), ("", ""),
    ])
    func namesComeFromFileNames(_ path: String, _ name: String) {
        #expect(SourceName.derived(fromPath: path) == name)
    }
}
