import ByteCoding

extension TilesetMetadata {
    /// The rows of the table `metadata` (MBTiles 1.3), in alphabetical order. What is no text goes into `json`, beside
    /// `vector_layers`.
    var mbtilesRows: [(name: String, value: String)] {
        let box = bounds.unwrapped
        let center = effectiveCenter
        var rows = [
            "name": name ?? "", "format": format.mbtilesName,
            "bounds": [box.west, box.south, box.east, box.north].map(Self.text).joined(separator: ","),
            "center": [center.longitude, center.latitude].map(Self.text).joined(separator: ",") + ",\(center.zoom)",
            "minzoom": "\(minZoom)", "maxzoom": "\(maxZoom)",
        ]
        rows["description"] = description
        rows["attribution"] = attribution
        rows["version"] = version
        rows["type"] = kind?.rawValue
        var document: [JSONValue.Member] = []
        for (name, value) in extra.sorted(by: { $0.key < $1.key }) where rows[name] == nil && name != "json" {
            if let text = value.text { rows[name] = text } else { document.append(JSONValue.Member(name, value)) }
        }
        if format == .vector || format == .mapLibre || vectorLayers != nil {
            document.append(JSONValue.Member("vector_layers", .array((vectorLayers ?? []).map(\.json))))
        }
        if !document.isEmpty {
            rows["json"] = String(decoding: JSONValue.object(document).encoded(), as: UTF8.self)
        }
        return rows.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Degrees to the 1e-7 that PMTiles keeps too, so that copies between the formats say the same.
    private static func text(_ degrees: Double) -> String {
        let number = (degrees * 1e7).rounded() / 1e7
        return number == number.rounded() && abs(number) < 1e9 ? "\(Int(number))" : "\(number)"
    }

    /// Reads the rows of the table `metadata`; of equal names the last counts, and what is unusable counts as absent.
    init(mbtilesRows rows: [(String, String)]) {
        self.init(mbtilesMembers: rows.map { JSONValue.Member($0.0, .string($0.1)) })
    }

    /// The same of an object, whose member `json` is a text with an object of further members.
    init(mbtilesMembers all: [JSONValue.Member]) {
        var members = all.filter { $0.name != "json" }
        for case .string(let text) in all.filter({ $0.name == "json" }).map(\.value) {
            if let inner = try? JSONValue(parsing: Array(text.utf8).byteSpan), let found = inner.members {
                members += found
            }
        }
        let bytes = JSONValue.object(members).encoded()
        var defaults = TilesetMetadata()
        (defaults.minZoom, defaults.maxZoom) = (0, 0)
        self = (try? TilesetMetadata(parsing: bytes.byteSpan, defaults: defaults)) ?? defaults
    }
}

extension TileFormat {
    /// The word of the row `format`.
    var mbtilesName: String {
        switch self {
        case .vector, .unknown: "pbf"
        case .png: "png"
        case .jpeg: "jpg"
        case .webp: "webp"
        case .avif: "avif"
        case .mapLibre: "application/vnd.maplibre-vector-tile"
        }
    }
}
