import ByteCoding
import FeatureQueries
import HTTPTypes
import Hummingbird
import NIOPosix
import OSMModel
import QualityReports
import Synchronization
import SystemIO

/// Answers with a source's problems as GeoJSON (see `ProblemFormat.geojson`), for the map's data-quality layer and others.
///
/// The query chooses: `bbox=west,south,east,north` in degrees (west above east crosses 180) and `kinds=word,word`. At most
/// `limit=` features, and never more than `featureLimit`, are sent, taken evenly from all that were chosen; `numberMatched` and
/// `numberReturned` tell.
///
/// | asked for | status |
/// |---|---|
/// | `bbox`, `kinds` or `limit` cannot be read | 400 |
/// | unknown source, or one that cannot know, such as an archive | 404 |
/// | the client has it | 304, known without looking anything up |
/// | too many askers at once | 503 with Retry-After |
final class ProblemRoute: Sendable {
    /// About 1 MB unpacked.
    static let featureLimit = 2000
    /// Answers being made or waiting.
    private static let pendingLimit = 64

    private let catalog: SourceCatalog
    private let cacheControl: String
    private let pending = Atomic<Int>(0)

    init(catalog: SourceCatalog, cacheControl: String) {
        self.catalog = catalog
        self.cacheControl = cacheControl
    }

    func response(to request: Request, source name: String) async throws -> Response {
        guard let entry = catalog[name] else { throw Problem.notFound("there is no source of this name") }
        guard let problems = entry.source.problems else {
            throw Problem.notFound("this source does not know what is odd about its data; stores do, archives do not")
        }
        let question = try Question(request)
        let encoding = ContentEncoding(accepting: request.headers[.acceptEncoding])
        let tag = question.tag(entry, encoding)
        let condition = IfNoneMatch(request.headers[.ifNoneMatch])
        if condition == .any || condition.names(tag) {
            return ResponseRules.notModified(tag, cacheControl: cacheControl, varies: true)
        }
        let bytes = try await bytes(problems, question, encoding)
        var headers: HTTPFields = [
            .cacheControl: cacheControl, .vary: "Accept-Encoding", .contentType: "application/geo+json",
            .eTag: tag.headerValue,
        ]
        if encoding == .gzip { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    /// What is asked for.
    struct Question: Sendable {
        var selection = ProblemSelection()
        var limit = ProblemRoute.featureLimit

        init(_ request: Request) throws(Problem) {
            let query = request.uri.queryParameters
            do {
                if let box = query["bbox"] { selection.box = try QueryBox(parsing: box) }
                if let kinds = query["kinds"] { selection.kinds = try ProblemSelection.kinds(parsing: kinds) }
                if let text = query["limit"] { limit = min(limit, try FeatureQuery.limit(parsing: text)) }
            } catch {
                throw .malformed("\(error)")
            }
        }

        /// Version of the source and what was asked for decide the bytes, so a hash of them is the tag.
        func tag(_ entry: SourceCatalog.Entry, _ encoding: ContentEncoding) -> EntityTag {
            let box = selection.box.map { "\($0.west),\($0.south),\($0.east),\($0.north)" } ?? ""
            let kinds = selection.kinds.map { $0.sorted().map(\.word).joined(separator: ",") } ?? "all"
            let question = hexadecimal(sha256(Array("\(box)/\(kinds)/\(limit)".utf8).byteSpan).prefix(8))
            return EntityTag(
                opaque: "\(entry.versionTag)/problems/\(question)\(encoding == .gzip ? "-gzip" : "")")
        }
    }

    /// On a thread of the pool: the first time the list is read and sorted, and each time it is gone through.
    private func bytes(_ problems: SourceProblems, _ question: Question, _ encoding: ContentEncoding)
        async throws -> ByteBuffer
    {
        defer { pending.subtract(1, ordering: .relaxed) }
        guard pending.add(1, ordering: .relaxed).newValue <= Self.pendingLimit else { throw Problem.overloaded }
        return try await NIOThreadPool.singleton.runIfActive {
            let report = ProblemReport(
                try problems.list(), question.selection, limit: question.limit, thinning: .evenly)
            let plain = report.bytes(.geojson)
            return ByteBuffer(bytes: encoding == .gzip ? Compressor().gzip(plain.byteSpan) : plain)
        }
    }
}
