import ByteCoding
import Foundation
import HTTPTypes
import OSMModel
import PlanarGeometry
import QualityReports
import SystemIO
import Testing

@testable import TileServing

@Suite struct ProblemRouteTests {
    private static let few = SourceProblems(count: 3) {
        [
            MapProblem(.oddTag, ElementID(.way, 4), at: GeoCoordinate(longitude: 10_000_000, latitude: 20_000_000)),
            MapProblem(.duplicateNode, ElementID(.node, 5), at: GeoCoordinate(longitude: 0, latitude: 0)),
            MapProblem(.noMembersPresent, ElementID(.relation, 6)),
        ]
    }

    private func server(_ problems: SourceProblems? = few) throws -> TileServer {
        try makeServer([FakeTileSource("a b", problems: problems)])
    }

    private func features(_ answer: Answer) throws -> [String] {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
        let features = try #require(object["features"] as? [[String: Any]])
        return features.compactMap { ($0["properties"] as? [String: Any])?["id"] as? String }
    }

    @Test func answersWithGeoJSON() async throws {
        let answer = try await server().ask("/a%20b/problems.geojson")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/geo+json")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        #expect(answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.headers[.cacheControl] == ServerConfiguration().tileCacheControl)
        #expect(try features(answer) == ["n5", "r6", "w4"])
    }

    @Test func choosesByBoxAndKind() async throws {
        let server = try server()
        #expect(try features(try await server.ask("/a%20b/problems.geojson?bbox=0.5,0,1,2")) == ["w4"])
        #expect(try features(try await server.ask("/a%20b/problems.geojson?bbox=0.5%2C0%2C1%2C2")) == ["w4"])
        #expect(
            try features(try await server.ask("/a%20b/problems.geojson?kinds=odd-tag,duplicate-node")) == ["n5", "w4"])
        #expect(try features(try await server.ask("/a%20b/problems.geojson?kinds=odd-tag&bbox=0,0,0,0")) == [])
    }

    @Test(arguments: [
        "bbox=1,2,3", "bbox=", "bbox=0,5,1,4", "bbox=a,b,c,d", "kinds=", "kinds=nonsense", "bbox=0,0,200,1",
    ])
    func refusesWhatCannotBeRead(_ query: String) async throws {
        let answer = try await server().ask("/a%20b/problems.geojson?\(query)")
        #expect(answer.status == 400)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
    }

    @Test func isNotThereForUnknownSourcesAndForArchives() async throws {
        #expect(try await server().ask("/none/problems.geojson").status == 404)
        let answer = try await server(nil).ask("/a%20b/problems.geojson")
        #expect(answer.status == 404)
        #expect(answer.text.contains("archive"))
    }

    @Test func isConfirmedByItsTagWithoutReading() async throws {
        let server = try server(SourceProblems(count: 1) { throw SourceBroke() })
        #expect(try await server.ask("/a%20b/problems.geojson").status == 500)
        let good = try self.server()
        let tag = try #require(try await good.ask("/a%20b/problems.geojson?kinds=odd-tag").headers[.eTag])
        let again = try await server.ask("/a%20b/problems.geojson?kinds=odd-tag", headers: [.ifNoneMatch: tag])
        #expect(again.status == 304)
        #expect(again.headers[.eTag] == tag)
        #expect(again.body.isEmpty)
        let other = try await good.ask("/a%20b/problems.geojson?kinds=no-position", headers: [.ifNoneMatch: tag])
        #expect(other.status == 200)
    }

    @Test func packsForThoseWhoAskAndAnswersHead() async throws {
        let server = try server()
        let plain = try await server.ask("/a%20b/problems.geojson")
        let packed = try await server.ask("/a%20b/problems.geojson", headers: [.acceptEncoding: "gzip"])
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.headers[.eTag] != plain.headers[.eTag])
        #expect(try Decompressor().gzip(packed.body.byteSpan, limit: 1 << 20) == plain.body)
        let head = try await server.ask("/a%20b/problems.geojson", method: .head)
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
        #expect(head.headers[.contentLength] == "\(plain.body.count)")
    }

    @Test func sendsAtMostItsLimitAndTellsHowManyThereAre() async throws {
        let many = SourceProblems(count: 5000) {
            (1...5000).map {
                MapProblem(.oddTag, ElementID(.node, $0), at: GeoCoordinate(longitude: Int32($0), latitude: 0))
            }
        }
        let answer = try await server(many).ask("/a%20b/problems.geojson")
        let ids = try features(answer)
        #expect(ids.count == ProblemRoute.featureLimit)
        #expect(Set(ids).count == ids.count)
        #expect(answer.text.contains(#""numberMatched":5000,"numberReturned":2000"#))
        let few = try await server(many).ask("/a%20b/problems.geojson?limit=10")
        #expect(few.text.contains(#""numberMatched":5000,"numberReturned":10"#))
        #expect(few.headers[.eTag] != answer.headers[.eTag])
        #expect(try features(try await server(many).ask("/a%20b/problems.geojson?limit=9999")).count == 2000)
        #expect(try await server(many).ask("/a%20b/problems.geojson?limit=-1").status == 400)
    }

    @Test func theCatalogueExplainsEveryKind() async throws {
        let answer = try await server().ask("/problems.json")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        for kind in ProblemKind.allCases { #expect(answer.text.contains("\"\(kind.word)\"")) }
    }

    @Test func thePageIsToldOnlyWhereThereAreProblems() async throws {
        let answer = try await server().ask("/map/sources.json")
        #expect(
            answer.text
                == #"[{"name":"a b","problems":"/a%20b/problems.geojson","tilejson":"/a%20b.json"}]"#)
        let none = SourceProblems(count: 0) { [] }
        #expect(try await server(none).ask("/map/sources.json").text.contains("problems") == false)
        let catalog = try await server().ask("/catalog.json")
        #expect(catalog.text.contains(#""problems":"http://localhost:8080/a%20b/problems.geojson""#))
    }
}
