/// Why a server cannot be set up or started. All are the operator's to cure; none arises while requests are answered.
public enum TileServingError: Error, Equatable, Sendable {
    /// The name is one of the server's own addresses.
    case reservedSourceName(name: String, origin: String)
    /// Two sources want the same name.
    case duplicateSourceName(name: String, first: String, second: String)
    /// The name cannot stand as one part of an address.
    case invalidSourceName(name: String, origin: String)
    /// The public address is not `http://` or `https://` with a host, or has a query or fragment.
    case invalidPublicURL(String)
    /// Another program listens there.
    case addressInUse(host: String, port: Int)
    /// Any other refusal of the system: no permission, no such host.
    case cannotListen(host: String, port: Int, reason: String)

    /// Whether the cause is in the settings rather than in the machine's state.
    public var isConfiguration: Bool {
        switch self {
        case .reservedSourceName, .duplicateSourceName, .invalidSourceName, .invalidPublicURL: true
        case .addressInUse, .cannotListen: false
        }
    }
}

extension TileServingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reservedSourceName(let name, let origin):
            "\(origin): the source name '\(name)' is an address of the server itself; give another with NAME=FILE"
        case .duplicateSourceName(let name, let first, let second):
            "\(first) and \(second) are both named '\(name)'; give one of them another name with NAME=FILE"
        case .invalidSourceName(let name, let origin):
            "\(origin): the source name '\(name)' is empty or has characters that an address cannot hold; "
                + "give another with NAME=FILE"
        case .invalidPublicURL(let url):
            "'\(url)' is no public address: write http://HOST or https://HOST, with a port or path if needed"
        case .addressInUse(let host, let port):
            "\(host) port \(port) is in use by another program; choose another port or end that program"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host) port \(port): \(reason)"
        }
    }
}
