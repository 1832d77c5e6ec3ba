import Testing

@testable import TileServing

@Suite struct RouteTests {
    @Test func knowsItsAddresses() throws {
        #expect(try Route(path: "/health") == .health)
        #expect(try Route(path: "/catalog.json") == .catalog)
        #expect(try Route(path: "/map/sources.json") == .mapSources)
        #expect(try Route(path: "/problems.json") == .problemKinds)
        #expect(try Route(path: "/town/problems.geojson") == .problems(source: "town"))
        #expect(try Route(path: "/a%20b/problems.geojson") == .problems(source: "a b"))
        #expect(try Route(path: "/town.json") == .tileJSON(source: "town"))
        #expect(try Route(path: "/town/1/2/3") == .tile(source: "town", zoom: "1", x: "2", y: "3"))
        #expect(try Route(path: "/town/1/2/3.mvt") == .tile(source: "town", zoom: "1", x: "2", y: "3"))
        #expect(try Route(path: "/town/1/2/3.pbf") == .tile(source: "town", zoom: "1", x: "2", y: "3"))
        #expect(try Route(path: "/town/1/2/3.mvt.pbf") == .tile(source: "town", zoom: "1", x: "2", y: "3.mvt"))
    }

    @Test(arguments: [
        "", "/", "/x", "/.json", "//", "//a/b/c", "/town/", "/town/1/2", "/town/1/2/", "/town/1/2/3/", "/town/1/2/3/4",
        "/a/b/c/d/e/f/g", "/map/1/2/3", "/OGC/1/2/3", "/map/none.js", "*", "/map/problems.geojson",
        "/problems/problems.geojson", "//problems.geojson", "/town/problems.json", "town.json", "/health/",
    ])
    func findsNothingElsewhere(_ path: String) throws {
        #expect(try Route(path: path) == nil)
    }

    @Test func decodesEachPartOnce() throws {
        #expect(try Route(path: "/Z%C3%BCrich.json") == .tileJSON(source: "Zürich"))
        #expect(try Route(path: "/Zürich.json") == .tileJSON(source: "Zürich"))
        #expect(try Route(path: "/a%20b/%31/2/3") == .tile(source: "a b", zoom: "1", x: "2", y: "3"))
        #expect(try Route(path: "/100%2525.json") == .tileJSON(source: "100%25"))
        #expect(try Route(path: "/a+b.json") == .tileJSON(source: "a+b"))
    }

    @Test(arguments: [
        "/%", "/%4", "/%zz", "/%FF.json", "/%C3.json", "/../etc", "/%2e%2E/x", "/./a", "/a%2Fb.json", "/a%00.json",
        "/a%0d%0ab.json", "/town/1/2/..",
    ])
    func refusesBadEscapesAndPathsThatClimb(_ path: String) {
        #expect(throws: Problem.self) { try Route(path: path) }
    }
}
