import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Serves tiles, TileJSON and the map page over HTTP/1.1.
///
/// ```swift
/// let server = try TileServer(configuration: configuration, sources: sources)
/// try await server.run { print("listening on \($0.url)") }
/// ```
///
/// | address | answer |
/// |---|---|
/// | `/` and `/map/...` | the map page |
/// | `/{source}/{z}/{x}/{y}`, with `.mvt` or `.pbf` if wanted | a tile, see `TileRoute` |
/// | `/{source}.json` | TileJSON 3.0.0 |
/// | `/styles/{style}.json` | a MapLibre style for the first source, or for the one in `?source=` |
/// | `/{source}/problems.geojson` | what is odd about the data, see `ProblemRoute` |
/// | `/problems.json` | what can be odd, explained |
/// | `/catalog.json` | all sources |
/// | `/health` | 200 while the server answers |
public final class TileServer: Sendable {
    private let configuration: ServerConfiguration
    private let publicAddress: PublicAddress
    private let services = Mutex<ServiceGroup?>(nil)
    let workshop: TileWorkshop
    let responder: RequestResponder

    /// `files` are served at their addresses: the one at `/` is the page, those under `/styles/` are styles.
    public init(
        configuration: ServerConfiguration, sources: [any TileSource], files: [EmbeddedFile] = MapPage.files
    ) throws(TileServingError) {
        self.configuration = configuration
        let catalog = try SourceCatalog(sources)
        publicAddress = try PublicAddress(configuration)
        let threads = NIOThreadPool.singleton.numberOfThreads
        let workers = min(max(1, configuration.workers ?? threads), threads)
        workshop = TileWorkshop(
            cacheByteLimit: configuration.cacheByteLimit, workers: workers,
            queueLimit: workers * configuration.queueLimitPerWorker)
        var documents: [String: ServedDocument] = [:]
        var styles: [String: StyleDocument] = [:]
        for file in files {
            if file.address.hasPrefix(StyleDocument.addressPrefix) {
                styles[file.address] = StyleDocument(file.bytes)
            } else {
                documents[file.address] = file.document
            }
        }
        responder = RequestResponder(
            files: documents, styles: styles,
            documents: DocumentRoutes(catalog: catalog, publicAddress: publicAddress),
            tiles: TileRoute(catalog: catalog, workshop: workshop, cacheControl: configuration.tileCacheControl),
            problems: ProblemRoute(catalog: catalog, cacheControl: configuration.tileCacheControl),
            logger: configuration.logger)
    }

    /// Listens and answers until `stop()`, or SIGTERM or SIGINT unless `stopsOnSignals` is false. Requests in flight
    /// are finished, within the configured time, before it returns.
    ///
    /// `onListening` is called once, when connections are accepted; with port 0 it tells the port. Call `run` once.
    public func run(
        stopsOnSignals: Bool = true, onListening: @escaping @Sendable (ListeningAddress) async -> Void = { _ in }
    ) async throws {
        let host = configuration.host
        // What the framework says of itself is of no use to an operator below warnings.
        var frameworkLogger = configuration.logger
        frameworkLogger.logLevel = max(frameworkLogger.logLevel, .warning)
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(idleTimeout: .seconds(Int64(configuration.idleTimeoutInSeconds)))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port), serverName: "tuile",
                availableConnectionsDelegate: MaximumAvailableConnections(
                    configuration.connectionLimit, logger: frameworkLogger)),
            onServerRunning: { [publicAddress, configuration] channel in
                let port = channel.localAddress?.port ?? configuration.port
                let address = ListeningAddress(host: host, port: port)
                publicAddress.isListening(at: address)
                await onListening(address)
            },
            logger: frameworkLogger)
        var group = ServiceGroupConfiguration(
            services: [application], gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [],
            logger: frameworkLogger)
        group.maximumGracefulShutdownDuration = .seconds(configuration.stopTimeoutInSeconds)
        let services = ServiceGroup(configuration: group)
        self.services.withLock { $0 = services }
        do {
            try await services.run()
        } catch let error as IOError {
            throw Self.refusal(error, host: host, port: configuration.port)
        } catch is SocketAddressError {
            throw TileServingError.cannotListen(host: host, port: configuration.port, reason: "no such host")
        } catch is SocketAddressError.UnknownHost {
            throw TileServingError.cannotListen(host: host, port: configuration.port, reason: "no such host")
        }
    }

    /// Ends `run` as a signal would. Does nothing before `run`.
    public func stop() async {
        await services.withLock { $0 }?.triggerGracefulShutdown()
    }

    private static func refusal(_ error: IOError, host: String, port: Int) -> TileServingError {
        switch error.errnoCode {
        case EADDRINUSE: .addressInUse(host: host, port: port)
        case EACCES:
            .cannotListen(host: host, port: port, reason: "no permission (ports below 1024 are for the administrator)")
        case EADDRNOTAVAIL:
            .cannotListen(host: host, port: port, reason: "this machine does not have that address")
        default: .cannotListen(host: host, port: port, reason: "\(error)")
        }
    }
}
