public import Logging

/// Settings of a server. The defaults suit one machine and one person; every bound can be changed.
public struct ServerConfiguration: Sendable {
    /// Where to listen: a name or an IP address.
    public var host = "127.0.0.1"
    /// 0 lets the system choose; `TileServer.run` tells which.
    public var port = 8080
    /// The address under which the outside world reaches the server, such as `https://maps.example.org/tiles`;
    /// written into TileJSON when the request's own host cannot be trusted.
    public var publicURL: String?
    /// Host names, beside `localhost` and IP addresses, that may be believed when a request names them. Without a port
    /// any port is meant.
    public var allowedHosts: [String] = []
    /// `Cache-Control` of tiles. Five minutes: a live source may be imported anew under the same address, and asking
    /// again costs little, as the entity tag is known without making the tile. For archives that never change under
    /// one address `public, max-age=86400, immutable` is better.
    public var tileCacheControl = "public, max-age=300, stale-if-error=86400"
    /// Bytes of finished tiles kept in memory.
    public var cacheByteLimit = 64 << 20
    /// Tiles made at the same time; `nil` is one per core given to the process, which is also the most there can be.
    public var workers: Int?
    /// Tiles that may wait for a worker, per worker; more are refused with status 503.
    public var queueLimitPerWorker = 64
    /// Open connections; more wait in the system's backlog.
    public var connectionLimit = 4096
    /// Seconds after which a connection on which nothing happens is closed.
    public var idleTimeoutInSeconds = 75
    /// Seconds that requests in flight get to finish when the server is told to stop.
    public var stopTimeoutInSeconds = 20
    /// Requests are logged at `debug`, failures of sources at `error`; nothing by default.
    public var logger = Logger(label: "tuile.server") { _ in SwiftLogNoOpLogHandler() }

    public init() {}
}
