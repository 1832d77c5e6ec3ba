extension TilesetMetadata {
    /// The document that archives hold: name, description, attribution, version, type, vector_layers and the extra keys, in
    /// alphabetical order (PMTiles 3, "JSON Metadata"). Zooms, bounds and centre are kept elsewhere by archives.
    public func archiveJSON() -> [UInt8] {
        var members = commonMembers
        if let kind { members["type"] = .string(kind.rawValue) }
        return TilesetMetadata.document(members)
    }

    /// TileJSON 3.0.0 for tiles that are served from `tileURLs`, which have {z}, {x} and {y} in them. Members in alphabetical
    /// order, none of them null.
    public func tileJSON(tileURLs: [String]) -> [UInt8] {
        var members = commonMembers
        members["tilejson"] = .string("3.0.0")
        members["scheme"] = .string("xyz")
        members["tiles"] = .array(tileURLs.map(JSONValue.string))
        members["minzoom"] = .number(Double(min(minZoom, 30)))
        members["maxzoom"] = .number(Double(min(maxZoom, 30)))
        let box = bounds.unwrapped
        members["bounds"] = .array([box.west, box.south, box.east, box.north].map(JSONValue.number))
        let center = effectiveCenter
        members["center"] = .array([center.longitude, center.latitude, Double(center.zoom)].map(JSONValue.number))
        if format == .mapLibre { members["encoding"] = .string("mlt") }
        // Only "major.minor.patch" is a version there; MBTiles has single numbers.
        members["version"] = version.flatMap(TilesetMetadata.semanticVersion).map(JSONValue.string)
        return TilesetMetadata.document(members)
    }

    private var commonMembers: [String: JSONValue] {
        var members = extra.filter { $0.value != .null }
        for (key, text) in [
            ("name", name), ("description", description), ("attribution", attribution), ("version", version),
        ] {
            members[key] = text.map(JSONValue.string)
        }
        if let vectorLayers {
            members["vector_layers"] = .array(vectorLayers.map(\.json))
        } else if format == .vector || format == .mapLibre {
            members["vector_layers"] = .array([])
        }
        return members
    }

    private static func document(_ members: [String: JSONValue]) -> [UInt8] {
        JSONValue.object(members.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }).encoded()
    }

    static func semanticVersion(_ version: String) -> String? {
        let core = version.prefix { $0 != "-" && $0 != "+" }
        let parts = core.split(separator: ".", omittingEmptySubsequences: false)
        let isNumeric = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isNumeric, (1...3).contains(parts.count) else { return nil }
        if parts.count < 3, core.count < version.count { return nil }
        return version + String(repeating: ".0", count: 3 - parts.count)
    }

    /// Reads archive metadata or TileJSON, or the `metadata.json` of a folder of tiles. What is missing or unusable stays as
    /// it is in `defaults`: optional members that break their rule count as absent (TileJSON 3.0.0 section 3).
    public init(parsing bytes: RawSpan, defaults: TilesetMetadata = TilesetMetadata()) throws(TileArchiveError) {
        let document = try JSONValue(parsing: bytes)
        guard let members = document.members else {
            throw .jsonInvalid(offset: 0, reason: "an object was expected")
        }
        self = defaults
        for member in members { read(member) }
        if minZoom > maxZoom { (minZoom, maxZoom) = (defaults.minZoom, defaults.maxZoom) }
    }

    private mutating func read(_ member: JSONValue.Member) {
        let value = member.value
        switch member.name {
        case "name": name = value.text ?? name
        case "description": description = value.text ?? description
        case "attribution": attribution = value.text ?? attribution
        case "version":
            if case .number(let number) = value {
                version = Int(exactly: number).map { "\($0)" } ?? "\(number)"
            } else {
                version = value.text ?? version
            }
        case "type": kind = value.text.flatMap(Kind.init) ?? kind
        case "format": format = value.text.flatMap(TileFormat.init(named:)) ?? format
        case "encoding" where value.text == "mlt": format = .mapLibre
        case "minzoom": minZoom = TilesetMetadata.zoom(value) ?? minZoom
        case "maxzoom": maxZoom = TilesetMetadata.zoom(value) ?? maxZoom
        case "bounds": bounds = TilesetMetadata.bounds(value) ?? bounds
        case "center": center = TilesetMetadata.center(value) ?? center
        case "vector_layers":
            if let elements = value.elements { vectorLayers = elements.compactMap(VectorLayer.init(json:)) }
        case "tilejson", "tiles", "scheme": break
        default: extra[member.name] = value == .null ? nil : value
        }
    }

    static func zoom(_ value: JSONValue?) -> UInt8? {
        value?.lenientNumber.flatMap { UInt8(exactly: $0) }.flatMap { $0 <= 31 ? $0 : nil }
    }

    /// Numbers in an array, or in a text with commas as MBTiles writes them.
    private static func numbers(_ value: JSONValue) -> [Double]? {
        let parts = value.elements ?? value.text?.split(separator: ",").map { .string(String($0)) } ?? []
        let numbers = parts.compactMap(\.lenientNumber)
        return numbers.count == parts.count ? numbers : nil
    }

    private static func bounds(_ value: JSONValue) -> Bounds? {
        guard let numbers = numbers(value), numbers.count == 4 else { return nil }
        let box = Bounds(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
        return box.isValid ? box : nil
    }

    private static func center(_ value: JSONValue) -> Center? {
        guard let numbers = numbers(value), numbers.count >= 2, abs(numbers[0]) <= 180, abs(numbers[1]) <= 90 else {
            return nil
        }
        // Real ones have zooms such as 9.5.
        let zoom = numbers.count > 2 ? numbers[2] : 0
        guard zoom >= 0, zoom < 32 else { return nil }
        return Center(longitude: numbers[0], latitude: numbers[1], zoom: UInt8(zoom))
    }
}

extension TilesetMetadata.VectorLayer {
    var json: JSONValue {
        var members = [JSONValue.Member("id", .string(id))]
        if let description { members.append(JSONValue.Member("description", .string(description))) }
        if let minZoom { members.append(JSONValue.Member("minzoom", .number(Double(minZoom)))) }
        if let maxZoom { members.append(JSONValue.Member("maxzoom", .number(Double(maxZoom)))) }
        let fields = fields.map { JSONValue.Member($0.name, .string($0.description)) }
        members.append(JSONValue.Member("fields", .object(fields)))
        return .object(members)
    }

    /// `nil` without an id. Fields that are not texts count as String.
    init?(json: JSONValue) {
        guard let id = json["id"]?.text else { return nil }
        self.init(
            id: id, description: json["description"]?.text, minZoom: TilesetMetadata.zoom(json["minzoom"]),
            maxZoom: TilesetMetadata.zoom(json["maxzoom"]),
            fields: (json["fields"]?.members ?? []).map {
                Field(name: $0.name, description: $0.value.text ?? FieldType.string.rawValue)
            })
    }
}

extension TileFormat {
    /// The names that MBTiles 1.3 and others write in `format`.
    init?(named name: String) {
        switch name {
        case "pbf", "mvt", "application/vnd.mapbox-vector-tile", "application/x-protobuf": self = .vector
        case "png", "image/png": self = .png
        case "jpg", "jpeg", "image/jpeg": self = .jpeg
        case "webp", "image/webp": self = .webp
        case "avif", "image/avif": self = .avif
        case "mlt", "application/vnd.maplibre-tile", "application/vnd.maplibre-vector-tile": self = .mapLibre
        default: return nil
        }
    }
}
