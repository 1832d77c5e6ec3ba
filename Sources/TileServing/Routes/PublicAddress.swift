import NIOCore
import Synchronization

/// Where a server listens.
public struct ListeningAddress: Equatable, Sendable {
    public let host: String
    public let port: Int

    /// `http://` address of the server, as this machine reaches it: wildcard addresses become `localhost`.
    public var url: String {
        switch host {
        case "0.0.0.0", "::", "": "http://localhost:\(port)"
        case let host where host.contains(":"): "http://[\(host)]:\(port)"
        default: "http://\(host):\(port)"
        }
    }
}

/// Decides under which address documents tell clients to come back.
///
/// The host that a request names is the client's word: it is believed only when no third party can have chosen it,
/// that is for `localhost`, IP addresses and names the operator lists. Else the public address of the settings is
/// used, and without one the address where the server listens.
final class PublicAddress: Sendable {
    private let publicURL: String?
    private let allowedHosts: Set<String>
    private let listening: Mutex<ListeningAddress>

    init(_ configuration: ServerConfiguration) throws(TileServingError) {
        publicURL = if let url = configuration.publicURL { try Self.checked(url) } else { nil }
        allowedHosts = Set(configuration.allowedHosts.map { $0.lowercased() })
        listening = Mutex(ListeningAddress(host: configuration.host, port: configuration.port))
    }

    /// Called once the port is known.
    func isListening(at address: ListeningAddress) { listening.withLock { $0 = address } }

    /// Scheme, host, port and perhaps a path, without a slash at the end. `host` is the request's `Host` header.
    func base(forHost host: String?) -> String {
        if let host, isTrusted(host) { return "http://\(host)" }
        return publicURL ?? listening.withLock { $0.url }
    }

    private func isTrusted(_ authority: String) -> Bool {
        guard let (host, port) = Self.split(authority.lowercased()) else { return false }
        if host == "localhost" || allowedHosts.contains(host) { return true }
        if let port, allowedHosts.contains("\(host):\(port)") { return true }
        let address = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        return (try? SocketAddress(ipAddress: address, port: 0)) != nil
    }

    /// Host and port of an authority; `nil` when it is malformed. The host keeps the brackets of an IPv6 address.
    private static func split(_ authority: String) -> (host: String, port: String?)? {
        guard authority.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
        var host = Substring(authority)
        var rest: Substring = ""
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[...end]
            rest = authority[authority.index(after: end)...]
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            rest = authority[colon...]
        }
        if rest.isEmpty { return (String(host), nil) }
        let port = rest.dropFirst()
        guard rest.first == ":", (1...5).contains(port.utf8.count), port.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        return (String(host), String(port))
    }

    private static func checked(_ url: String) throws(TileServingError) -> String {
        var text = Substring(url)
        while text.last == "/" { text.removeLast() }
        let lowercased = text.lowercased()
        guard let scheme = ["http://", "https://"].first(where: { lowercased.hasPrefix($0) }),
            let host = text.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false).first,
            split(String(host)) != nil, !host.isEmpty, host.first != ":",
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !#""?#<>{}\^`|"#.utf8.contains($0) })
        else { throw .invalidPublicURL(url) }
        return String(text)
    }
}
