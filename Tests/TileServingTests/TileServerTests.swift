import Hummingbird
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import TileServing

/// The server on a real socket.
@Suite struct TileServerTests {
    /// Runs a server on a port of the system's choice while `body` runs; ends it if `body` has not.
    private func withServer(
        _ sources: [any TileSource],
        _ body: (TileServer, ListeningAddress) async throws -> Void
    ) async throws {
        let server = try makeServer(sources) { $0.port = 0 }
        let (addresses, continuation) = AsyncStream.makeStream(of: ListeningAddress.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await server.run(stopsOnSignals: false) { continuation.yield($0) }
            }
            var iterator = addresses.makeAsyncIterator()
            guard let address = await iterator.next() else {
                try await group.waitForAll()
                return
            }
            do { try await body(server, address) } catch {
                await server.stop()
                throw error
            }
            await server.stop()
            try await group.waitForAll()
        }
    }

    /// A connection on which several requests are sent one after another.
    private func withConnection(
        to address: ListeningAddress, _ body: (inout Connection) async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var connection = Connection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            try await body(&connection)
        }
    }

    private struct Connection {
        var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
        let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        private var received = ""

        init(
            inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
            outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
        ) {
            self.inbound = inbound
            self.outbound = outbound
        }

        func send(_ text: String) async throws { try await outbound.write(ByteBuffer(string: text)) }

        private func contentLength(_ head: String) -> Int {
            let fields = head.lowercased().split(separator: "\r\n").map { $0.split(separator: ": ", maxSplits: 1) }
            return fields.first { $0.first == "content-length" }?.last.flatMap { Int($0) } ?? 0
        }

        /// Head and body of the next answer; `nil` when the server has closed. Bodies are text here.
        mutating func answer(hasBody: Bool = true) async throws -> (head: String, body: String)? {
            while true {
                if let end = received.firstRange(of: "\r\n\r\n") {
                    let head = String(received[..<end.lowerBound])
                    let rest = received[end.upperBound...]
                    let length = hasBody ? contentLength(head) : 0
                    if rest.utf8.count >= length {
                        let cut = rest.utf8.index(rest.startIndex, offsetBy: length)
                        let body = String(rest[..<cut])
                        received = String(rest[cut...])
                        return (head, body)
                    }
                }
                guard let buffer = try await inbound.next() else { return nil }
                received += String(buffer: buffer)
            }
        }
    }

    private func request(_ path: String, _ method: String = "GET") -> String {
        "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
    }

    @Test(.timeLimit(.minutes(1)))
    func answersSeveralRequestsOnOneConnection() async throws {
        try await withServer([FakeTileSource()]) { _, address in
            #expect(address.port > 0)
            try await withConnection(to: address) { connection in
                try await connection.send(request("/health"))
                let health = try #require(try await connection.answer())
                #expect(health.head.hasPrefix("HTTP/1.1 200 OK"))
                #expect(health.body == #"{"status":"ok"}"#)
                #expect(health.head.lowercased().contains("\r\ndate: "))
                try await connection.send(request("/town/3/1/2"))
                #expect(try await connection.answer()?.body == "tile 3/1/2")
                // HEAD states a length and sends nothing; the next answer follows at once.
                try await connection.send(request("/town/3/1/2", "HEAD"))
                let head = try #require(try await connection.answer(hasBody: false))
                #expect(head.head.lowercased().contains("content-length: 10"))
                // Two at once: answered in order.
                try await connection.send(request("/town/2/1/2") + request("/town/2/1/3"))
                #expect(try await connection.answer()?.body == "tile 2/1/2")
                #expect(try await connection.answer()?.body == "tile 2/1/3")
                try await connection.send(request("/town/3/8/0"))
                #expect(try await connection.answer()?.head.hasPrefix("HTTP/1.1 400 ") == true)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func answersWithoutBodyHaveNeitherLengthNorChunks() async throws {
        try await withServer([FakeTileSource { _ in nil }]) { _, address in
            try await withConnection(to: address) { connection in
                for text in [
                    request("/town/3/1/2"), request("/town/3/1/2", "OPTIONS"),
                    "GET /town/3/1/2 HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"v1/3/1/2\"\r\n\r\n",
                ] {
                    try await connection.send(text)
                    let head = try #require(try await connection.answer()).head.lowercased()
                    #expect(head.hasPrefix("http/1.1 204") || head.hasPrefix("http/1.1 304"))
                    #expect(!head.contains("\r\ncontent-length:") && !head.contains("\r\ntransfer-encoding:"))
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func whatIsNoHTTPIs400AndEndsTheConnection() async throws {
        try await withServer([]) { _, address in
            try await withConnection(to: address) { connection in
                try await connection.send("NONSENSE\r\n\r\n")
                #expect(try await connection.answer()?.head.hasPrefix("HTTP/1.1 400 ") == true)
                #expect(try await connection.answer() == nil)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func stoppingFinishesWhatIsInFlightAndClosesIdleConnections() async throws {
        let gate = Gate()
        let source = FakeTileSource { _ in
            gate.pass()
            return FakeTileSource.packed("late")
        }
        try await withServer([source]) { server, address in
            try await withConnection(to: address) { idle in
                try await withConnection(to: address) { busy in
                    try await idle.send(request("/health"))
                    #expect(try await idle.answer() != nil)
                    try await busy.send(request("/town/3/1/2"))
                    await gate.whenReached()
                    await server.stop()
                    #expect(try await idle.answer() == nil)
                    gate.open()
                    #expect(try await busy.answer()?.body == "late")
                    #expect(try await busy.answer() == nil)
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aPortInUseIsAClearError() async throws {
        try await withServer([]) { _, address in
            let second = try makeServer([]) { $0.port = address.port }
            await #expect(throws: TileServingError.addressInUse(host: "127.0.0.1", port: address.port)) {
                try await second.run(stopsOnSignals: false)
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func anAddressOfAnotherMachineIsAClearError() async throws {
        let server = try makeServer([]) {
            $0.host = "192.0.2.1"
            $0.port = 0
        }
        await #expect(throws: TileServingError.self) { try await server.run(stopsOnSignals: false) }
    }
}
