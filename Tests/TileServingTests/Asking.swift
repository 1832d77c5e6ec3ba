import HTTPTypes
import Hummingbird
import Synchronization

@testable import TileServing

/// An answer with its body collected.
struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}

extension TileServer {
    /// One request straight to the routes, without a socket.
    func ask(
        _ path: String, method: HTTPRequest.Method = .get, host: String? = "localhost:8080", headers: HTTPFields = [:]
    ) async throws -> Answer {
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: headers)
        let response = await responder.response(to: Request(head: head, body: RequestBody(buffer: ByteBuffer())))
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Answer(
            status: response.status.code, headers: response.headers, body: collector.bytes.withLock { $0 })
    }
}

private final class BodyCollector: ResponseBodyWriter {
    let bytes = Mutex<[UInt8]>([])

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

func makeServer(
    _ sources: [any TileSource], files: [EmbeddedFile] = [], _ change: (inout ServerConfiguration) -> Void = { _ in }
) throws -> TileServer {
    var configuration = ServerConfiguration()
    change(&configuration)
    return try TileServer(configuration: configuration, sources: sources, files: files)
}
