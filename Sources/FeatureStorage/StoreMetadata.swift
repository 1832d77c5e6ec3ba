import ByteCoding
public import PlanarGeometry

/// What a store says of itself: where its data came from, and what it holds.
public struct StoreMetadata: Equatable, Sendable {
    /// SHA-256 of the imported file, hexadecimal.
    public var sourceHash = ""
    public var sourceByteCount = 0
    /// The imported file's name without folders.
    public var sourceName = ""
    /// Up to when the data is complete, in seconds since 1970: from the file's header, else its newest object.
    public var dataTimestamp: Int64?
    public var replicationSequence: Int64?
    public var replicationBaseURL: String?
    /// Hash of the schema that the zoom bands were made for.
    public var schemaHash = ""
    /// SHA-256 of the user's rules on which closed ways are areas, hexadecimal; `nil` without any.
    public var areaRulesHash: String?
    /// Version of the program that made the store.
    public var programVersion = ""
    /// Corners of the box around all features, in 1e-7 degree; from the features, never from the file's header. West is never
    /// above east: for data on both sides of 180 degrees the box goes around the world.
    public var southWest: GeoCoordinate?
    public var northEast: GeoCoordinate?
    /// Of data on both sides of 180 degrees that lie within half the world: the longitudes that they begin and end at, going
    /// east over 180 degrees; so west is above east.
    public var longitudesOver180: (west: Int32, east: Int32)? {
        get { westOver180.flatMap { west in eastOver180.map { (west, $0) } } }
        set { (westOver180, eastOver180) = (newValue?.west, newValue?.east) }
    }
    private var westOver180: Int32?
    private var eastOver180: Int32?
    /// Features by element kind.
    public var nodeCount = 0
    public var wayCount = 0
    public var relationCount = 0

    /// What was made of the coastline; `nil` when no sea was asked for.
    public var sea: Sea?

    public init() {}

    /// The sea of a store.
    public struct Sea: Equatable, Sendable {
        /// What tells water from land.
        public enum Derivation: String, Sendable {
            case coastline
            /// There is no coastline; objects of the land or the sea decide.
            case context
            /// There is no coastline; whoever imported the file decided.
            case stated
        }

        public var derivation: Derivation
        /// Connected pieces.
        public var pieces = 0
        /// Share of the extract's bounds, as the map shows it (on the Mercator plane).
        public var partsPerMillion = 0
        /// Corners of the box around it, in 1e-7 degree.
        public var southWest: GeoCoordinate?
        public var northEast: GeoCoordinate?

        public init(derivation: Derivation) { self.derivation = derivation }

        /// Derivation, pieces, parts per million, and the corners if there are any, between commas.
        var text: String {
            var numbers = [pieces, partsPerMillion]
            if let southWest, let northEast {
                numbers += [southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude].map(
                    Int.init)
            }
            return ([derivation.rawValue] + numbers.map(String.init)).joined(separator: ",")
        }

        init?(text: String) {
            let words = text.split(separator: ",")
            let numbers = words.dropFirst().compactMap { Int($0) }
            guard let derivation = words.first.flatMap({ Derivation(rawValue: String($0)) }), numbers.count >= 2 else {
                return nil
            }
            self.derivation = derivation
            pieces = numbers[0]
            partsPerMillion = numbers[1]
            let corners = numbers.dropFirst(2).compactMap { Int32(exactly: $0) }
            guard corners.count == 4 else { return }
            southWest = GeoCoordinate(longitude: corners[0], latitude: corners[1])
            northEast = GeoCoordinate(longitude: corners[2], latitude: corners[3])
        }
    }

    /// Corners of the box around all that tiles show: the features and the sea.
    public var shownBounds: (southWest: GeoCoordinate, northEast: GeoCoordinate)? {
        guard let low = sea?.southWest, let high = sea?.northEast else {
            guard let southWest, let northEast else { return nil }
            return (southWest, northEast)
        }
        guard let southWest, let northEast else { return (low, high) }
        return (
            GeoCoordinate(
                longitude: min(low.longitude, southWest.longitude), latitude: min(low.latitude, southWest.latitude)),
            GeoCoordinate(
                longitude: max(high.longitude, northEast.longitude), latitude: max(high.latitude, northEast.latitude))
        )
    }

    public static let attribution = "© OpenStreetMap contributors"
    public static let licence = "ODbL-1.0"

    /// Varint count, then keys and values, each a varint length and UTF-8; keys ascending.
    func encoded() -> [UInt8] {
        var pairs: [(String, String)] = [
            ("node_count", String(nodeCount)), ("program_version", programVersion),
            ("relation_count", String(relationCount)), ("schema_hash", schemaHash),
            ("source_bytes", String(sourceByteCount)), ("source_name", sourceName), ("source_sha256", sourceHash),
            ("way_count", String(wayCount)),
        ]
        if let sea { pairs.append(("sea", sea.text)) }
        if let dataTimestamp { pairs.append(("data_timestamp", String(dataTimestamp))) }
        if let replicationSequence { pairs.append(("replication_sequence", String(replicationSequence))) }
        if let replicationBaseURL { pairs.append(("replication_base_url", replicationBaseURL)) }
        if let areaRulesHash { pairs.append(("area_rules_sha256", areaRulesHash)) }
        if let southWest, let northEast {
            let corners = [southWest.longitude, southWest.latitude, northEast.longitude, northEast.latitude]
            pairs.append(("bounds", corners.map(String.init).joined(separator: ",")))
        }
        if let (west, east) = longitudesOver180 { pairs.append(("longitudes_over_180", "\(west),\(east)")) }
        pairs.sort { $0.0 < $1.0 }
        var bytes: [UInt8] = []
        bytes.appendVarint(pairs.count)
        for (key, value) in pairs {
            for text in [key, value] {
                bytes.appendVarint(text.utf8.count)
                bytes.append(contentsOf: text.utf8)
            }
        }
        return bytes
    }

    init(decoding bytes: RawSpan) throws(ByteCodingError) {
        var cursor = ByteCursor(bytes)
        var pairs: [String: String] = [:]
        let count = try cursor.varint()
        guard count <= UInt64(bytes.byteCount) else {
            throw .truncated(offset: 0, count: 0, available: bytes.byteCount)
        }
        for _ in 0..<count {
            let key = try cursor.span(Int(truncatingIfNeeded: try cursor.varint())).toString()
            pairs[key] = try cursor.span(Int(truncatingIfNeeded: try cursor.varint())).toString()
        }
        sourceHash = pairs["source_sha256"] ?? ""
        sourceByteCount = pairs["source_bytes"].flatMap { Int($0) } ?? 0
        sourceName = pairs["source_name"] ?? ""
        dataTimestamp = pairs["data_timestamp"].flatMap { Int64($0) }
        replicationSequence = pairs["replication_sequence"].flatMap { Int64($0) }
        replicationBaseURL = pairs["replication_base_url"]
        schemaHash = pairs["schema_hash"] ?? ""
        areaRulesHash = pairs["area_rules_sha256"]
        programVersion = pairs["program_version"] ?? ""
        nodeCount = pairs["node_count"].flatMap { Int($0) } ?? 0
        wayCount = pairs["way_count"].flatMap { Int($0) } ?? 0
        relationCount = pairs["relation_count"].flatMap { Int($0) } ?? 0
        sea = pairs["sea"].flatMap(Sea.init)
        let corners = (pairs["bounds"] ?? "").split(separator: ",").compactMap { Int32($0) }
        if corners.count == 4 {
            southWest = GeoCoordinate(longitude: corners[0], latitude: corners[1])
            northEast = GeoCoordinate(longitude: corners[2], latitude: corners[3])
        }
        let longitudes = (pairs["longitudes_over_180"] ?? "").split(separator: ",").compactMap { Int32($0) }
        if longitudes.count == 2 { longitudesOver180 = (longitudes[0], longitudes[1]) }
    }
}
