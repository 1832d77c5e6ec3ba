import ByteCoding
import HTTPTypes
import PlanarGeometry
import SystemIO
import Testing
import TileArchives

@testable import TileServing

@Suite struct TileRouteTests {
    private let gzip: HTTPFields = [.acceptEncoding: "gzip"]

    @Test func answersATileWithAllItsHeaders() async throws {
        let server = try makeServer([FakeTileSource()])
        let answer = try await server.ask("/town/3/1/2", headers: gzip)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/vnd.mapbox-vector-tile")
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect(answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.headers[.eTag] == #""v1/3/1/2-gzip""#)
        #expect(answer.headers[.cacheControl] == "public, max-age=300, stale-if-error=86400")
        #expect(answer.headers[.contentLength] == "\(answer.body.count)")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        #expect(answer.headers[.accessControlExposeHeaders]?.contains("ETag") == true)
        #expect(answer.body == FakeTileSource.packed("tile 3/1/2").bytes)
    }

    @Test(arguments: ["/town/3/1/2.mvt", "/town/3/1/2.pbf", "/town/3/1/2?v=7", "/t%6Fwn/3/1/2"])
    func otherSpellingsGiveTheSameTile(_ path: String) async throws {
        #expect(try await makeServer([FakeTileSource()]).ask(path).text == "tile 3/1/2")
    }

    @Test(arguments: [nil, "identity", "gzip;q=0", "br"])
    func unpacksForClientsWithoutGzip(_ accepted: String?) async throws {
        let server = try makeServer([FakeTileSource()])
        let answer = try await server.ask("/town/3/1/2", headers: accepted.map { [.acceptEncoding: $0] } ?? [:])
        #expect(answer.status == 200)
        #expect(answer.headers[.contentEncoding] == nil)
        #expect(answer.headers[.eTag] == #""v1/3/1/2""#)
        #expect(answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.headers[.contentLength] == "10")
        #expect(answer.text == "tile 3/1/2")
    }

    @Test func packsTilesThatTheSourceGivesUnpacked() async throws {
        let source = FakeTileSource { _ in EncodedTile(bytes: Array("plain plain plain".utf8), compression: .none) }
        let server = try makeServer([source])
        let packed = try await server.ask("/town/0/0/0", headers: gzip)
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(try Decompressor().gzip(packed.body.byteSpan, limit: 100) == Array("plain plain plain".utf8))
        #expect(try await server.ask("/town/0/0/0").text == "plain plain plain")
        #expect(source.timesAsked == 1)
    }

    @Test func picturesGoAsTheyAre() async throws {
        let picture = EncodedTile(bytes: [0x89, 0x50, 0x4e, 0x47], compression: .none)
        let answer = try await makeServer([FakeTileSource(format: .png) { _ in picture }]).ask(
            "/town/3/1/2", headers: gzip)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "image/png")
        #expect(answer.headers[.contentEncoding] == nil)
        #expect(answer.headers[.vary] == nil)
        #expect(answer.body == picture.bytes)
    }

    @Test func packingsThatCannotBeUndoneAre501() async throws {
        let source = FakeTileSource { _ in EncodedTile(bytes: [1, 2, 3], compression: .brotli) }
        let answer = try await makeServer([source]).ask("/town/3/1/2", headers: gzip)
        #expect(answer.status == 501)
        #expect(answer.text.contains("brotli"))
    }

    @Test func anUnstatedPackingIsToldFromTheBytes() async throws {
        let packed = FakeTileSource.packed("x")
        let source = FakeTileSource { _ in EncodedTile(bytes: packed.bytes, compression: .unknown) }
        #expect(try await makeServer([source]).ask("/town/3/1/2").text == "x")
    }

    @Test(arguments: [
        "1e3/0/0", "+1/0/0", "%201/0/0", "01/0/0", "-1/0/0", "1/-1/0", "1/0/00", "a/b/c", "0x1/0/0", "1/0/0.5",
        "1/0/0.png", "1/0/.mvt", "4294967296/0/0", "1/99999999999999999999/0", "3/8/0", "3/0/8", "0/1/0", "0/0/1",
        "1/%D9%A1/0", "1/0/0.MVT", "1/0/0.mvt.mvt",
    ])
    func malformedOrImpossibleNumbersAre400(_ path: String) async throws {
        let source = FakeTileSource()
        let answer = try await makeServer([source]).ask("/town/\(path)")
        #expect(answer.status == 400)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(answer.headers[.cacheControl] == "no-store")
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
        #expect(source.timesAsked == 0)
    }

    @Test(arguments: ["none/3/1/2", "town/1/0/0", "town/9/0/0", "town/31/5/5", "town/99/0/0", "town/3/0/0"])
    func unknownSourcesAndPlacesOutsideAre404(_ path: String) async throws {
        let source = FakeTileSource(zooms: 2...8, bounds: .init(west: 9.4, south: 47.0, east: 9.7, north: 47.3))
        let answer = try await makeServer([source]).ask("/\(path)")
        #expect(answer.status == 404)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(source.timesAsked == 0)
    }

    @Test func nothingThereIs204WithoutBody() async throws {
        for empty in [
            nil, EncodedTile(bytes: [], compression: .none), EncodedTile(bytes: [], compression: .gzip),
            FakeTileSource.packed(""),
        ] {
            let answer = try await makeServer([FakeTileSource { _ in empty }]).ask("/town/3/1/2", headers: gzip)
            #expect(answer.status == 204)
            #expect(answer.body.isEmpty)
            #expect(answer.headers[.contentLength] == nil)
            #expect(answer.headers[.contentEncoding] == nil)
            #expect(answer.headers[.contentType] == nil)
            #expect(answer.headers[.cacheControl] != nil)
            #expect(answer.headers[.vary] == "Accept-Encoding")
        }
    }

    @Test(arguments: [#""v1/3/1/2-gzip""#, #"W/"v1/3/1/2-gzip""#, #""x", "v1/3/1/2-gzip""#])
    func whatTheClientHasIs304WithoutMakingTheTile(_ condition: String) async throws {
        let source = FakeTileSource()
        let answer = try await makeServer([source]).ask(
            "/town/3/1/2", headers: [.acceptEncoding: "gzip", .ifNoneMatch: condition])
        #expect(answer.status == 304)
        #expect(answer.headers[.eTag] == #""v1/3/1/2-gzip""#)
        #expect(answer.headers[.cacheControl] == "public, max-age=300, stale-if-error=86400")
        #expect(answer.headers[.vary] == "Accept-Encoding")
        #expect(answer.headers[.contentLength] == nil)
        #expect(answer.body.isEmpty)
        #expect(source.timesAsked == 0)
    }

    @Test func theTagOfAnotherPackingVersionOrPlaceIsNoMatch() async throws {
        let server = try makeServer([FakeTileSource()])
        for tag in [#""v1/3/1/2""#, #""v0/3/1/2-gzip""#, #""v1/3/1/3-gzip""#] {
            let answer = try await server.ask("/town/3/1/2", headers: [.acceptEncoding: "gzip", .ifNoneMatch: tag])
            #expect(answer.status == 200)
        }
    }

    @Test func theStarMatchesOnlyWhatExists() async throws {
        let star: HTTPFields = [.ifNoneMatch: "*"]
        #expect(try await makeServer([FakeTileSource()]).ask("/town/3/1/2", headers: star).status == 304)
        #expect(try await makeServer([FakeTileSource { _ in nil }]).ask("/town/3/1/2", headers: star).status == 204)
    }

    @Test func headHasTheHeadersOfGetAndNoBody() async throws {
        let server = try makeServer([FakeTileSource()])
        let get = try await server.ask("/town/3/1/2", headers: gzip)
        let head = try await server.ask("/town/3/1/2", method: .head, headers: gzip)
        #expect(head.status == 200)
        #expect(head.headers == get.headers)
        #expect(head.body.isEmpty)
    }

    @Test func aTileIsMadeOnceForAllPackings() async throws {
        let source = FakeTileSource()
        let server = try makeServer([source])
        for _ in 0..<3 {
            _ = try await server.ask("/town/3/1/2", headers: gzip)
            _ = try await server.ask("/town/3/1/2")
        }
        #expect(source.timesAsked == 1)
    }

    @Test func aBrokenSourceIs500AndIsAskedAgain() async throws {
        let source = FakeTileSource { _ in throw SourceBroke() }
        let server = try makeServer([source])
        for _ in 0..<2 {
            let answer = try await server.ask("/town/3/1/2")
            #expect(answer.status == 500)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.headers[.cacheControl] == "no-store")
            #expect(!answer.text.contains("SourceBroke"))
        }
        #expect(source.timesAsked == 2)
    }

    @Test func damagedPackedTilesAre500ForThoseWhoNeedThemUnpacked() async throws {
        let source = FakeTileSource { _ in EncodedTile(bytes: [0x1f, 0x8b, 8, 0, 1, 2, 3], compression: .gzip) }
        #expect(try await makeServer([source]).ask("/town/3/1/2").status == 500)
    }

    @Test func tooManyAtOnceAre503WithRetryAfter() async throws {
        let gate = Gate()
        let source = FakeTileSource { _ in
            gate.pass()
            return nil
        }
        let server = try makeServer([source]) {
            $0.workers = 1
            $0.queueLimitPerWorker = 0
        }
        try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await server.ask("/town/3/1/2") }
            await gate.whenReached()
            let refused = try await server.ask("/town/3/1/3")
            #expect(refused.status == 503)
            #expect(refused.headers[.retryAfter] == "1")
            #expect(refused.headers[.cacheControl] == "no-store")
            gate.open()
            #expect(try await group.next()?.status == 204)
        }
    }

    @Test func cacheControlIsTheOperatorsToSet() async throws {
        let server = try makeServer([FakeTileSource()]) { $0.tileCacheControl = "no-cache" }
        #expect(try await server.ask("/town/3/1/2").headers[.cacheControl] == "no-cache")
    }
}
