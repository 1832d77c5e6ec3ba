import FoundationEssentials
import HTTPTypes
import Hummingbird
import QualityReports
import TileArchives

/// Answers that describe: health, the catalog, TileJSON, styles, the page's list of sources.
struct DocumentRoutes: Sendable {
    let catalog: SourceCatalog
    let publicAddress: PublicAddress
    /// What can be odd about data, explained.
    let problemKinds = ServedDocument(ProblemCatalogue.json(), contentType: "application/json", packing: true)

    private struct CatalogDocument: Encodable {
        struct Source: Encodable {
            let name: String
            let tilejson: String
            /// Where there are problems to see.
            let problems: String?
            let description: String?
            let attribution: String?
            let minzoom: Int
            let maxzoom: Int
        }
        let sources: [Source]
    }

    private struct MapSource: Encodable {
        let name: String
        let tilejson: String
        /// Where there are problems to see.
        let problems: String?
    }

    var health: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: #"{"status":"ok"}"#)))
    }

    /// All sources with the address of each one's TileJSON.
    func catalog(_ request: Request) -> Response {
        let base = publicAddress.base(forHost: request.head.authority)
        let sources = catalog.entries.map { entry in
            CatalogDocument.Source(
                name: entry.source.name, tilejson: "\(base)/\(percentEncoded(entry.source.name)).json",
                problems: problemPath(entry.source).map { base + $0 }, description: entry.metadata.description,
                attribution: entry.metadata.attribution,
                minzoom: Int(entry.coverage.zooms.lowerBound), maxzoom: Int(entry.coverage.zooms.upperBound))
        }
        return json(jsonBuffer(CatalogDocument(sources: sources)), request)
    }

    /// The same for our own page: addresses without a host, so that it works behind any name.
    func mapSources(_ request: Request) -> Response {
        let sources = catalog.entries.map { entry in
            MapSource(
                name: entry.source.name, tilejson: "/\(percentEncoded(entry.source.name)).json",
                problems: problemPath(entry.source))
        }
        return json(jsonBuffer(sources), request)
    }

    private func problemPath(_ source: any TileSource) -> String? {
        guard let problems = source.problems, problems.count > 0 else { return nil }
        return "/\(percentEncoded(source.name))/problems.geojson"
    }

    /// TileJSON 3.0.0; tile addresses are absolute, as the specification wants.
    func tileJSON(_ request: Request, source name: String) throws(Problem) -> Response {
        guard let entry = catalog[name] else { throw .notFound("there is no source of this name") }
        let base = publicAddress.base(forHost: request.head.authority)
        let text = entry.metadata.tileJSON(tileURLs: ["\(base)/\(percentEncoded(name))/{z}/{x}/{y}.mvt"])
        return json(ByteBuffer(bytes: text), request)
    }

    /// A style that draws the source named in the query (`?source=NAME`), else the first one.
    func style(_ request: Request, _ style: StyleDocument) throws(Problem) -> Response {
        let name = request.uri.queryParameters["source"].map { String($0) }
        guard let entry = name.map({ catalog[$0] }) ?? catalog.entries.first else {
            throw .notFound("there is no source for this style to draw")
        }
        let base = publicAddress.base(forHost: request.head.authority)
        let address = "\(base)/\(percentEncoded(entry.source.name)).json"
        return json(ByteBuffer(bytes: style.text(tileJSONAddress: address)), request)
    }

    private func json(_ text: ByteBuffer, _ request: Request) -> Response {
        ServedDocument(Array(text.readableBytesView), contentType: "application/json", packing: false)
            .response(to: request)
    }
}

/// A name as one part of an address: everything but unreserved characters (RFC 3986 section 2.3) is escaped.
func percentEncoded(_ name: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in name.utf8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            bytes.append(byte)
        default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}
