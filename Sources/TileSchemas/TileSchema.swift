import OSMModel

/// Which objects go into which layer of a tile, at which zooms, with which fields: plain data, without code.
///
/// A schema is written with strings. Bound to a store's dictionary it becomes a `BoundSchema`, which answers for
/// tag sets. It is read from a `SchemaFile`; those that are built in are `BuiltInSchema`s.
public struct TileSchema: Hashable, Sendable {
    /// One word, as on the command line.
    public var name: String
    /// The schema's own version.
    public var version: String
    public var summary: String
    /// Whom maps of these tiles have to name beside OpenStreetMap: HTML, or `nil`.
    public var attribution: String?
    /// Zooms of the tiles; clients show the last one enlarged beyond it.
    public var zooms: ClosedRange<Int>
    /// IETF language tags; each gives a field `name_xx` in layers with names, from the tag `name:xx` and nothing else.
    public var languages: [String]
    /// In the order of the tile; what comes later is drawn by nobody in particular, styles decide.
    public var layers: [TileLayer]

    public init(
        name: String, version: String, summary: String, zooms: ClosedRange<Int> = 0...14,
        languages: [String] = ["en", "de"], layers: [TileLayer]
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.zooms = zooms
        self.languages = languages
        self.layers = layers
    }

    /// Whether a text may be a language of names: letters and digits in parts with hyphens (BCP 47).
    public static func isLanguage(_ text: String) -> Bool {
        text.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
    }

    public func layerIndex(_ id: String) -> Int? { layers.firstIndex { $0.id == id } }

    /// Every key whose value, not only presence, decides about placement, order, or a field that is not simply a tag's
    /// text. Sorted. A store that keeps these values in its tag sets asks the schema once per set.
    public var decisionKeys: [String] {
        var keys: Set<String> = []
        for layer in layers {
            for rule in layer.rules {
                keys.formUnion(rule.filter.decidingKeys)
                if rule.shapes.contains(.closedLine) && rule.closedWays != .always { keys.insert("area") }
            }
            for attribute in layer.attributes + layer.rules.flatMap(\.attributes) {
                keys.formUnion(attribute.condition?.decidingKeys ?? [])
                keys.formUnion(attribute.source.decidingKeys)
            }
            keys.formUnion(layer.order.decidingKeys)
        }
        return keys.sorted()
    }
}

/// One layer and the rules that fill it. A layer takes an object at most once: by the first rule that accepts it.
public struct TileLayer: Hashable, Sendable {
    public var id: String
    public var summary: String
    public var geometry: LayerGeometry
    /// Width of the strip beyond the tile's edges, in units of an extent of 4096.
    public var buffer: Int
    public var detail: LayerDetail
    public var order: FeatureOrder
    /// Whether features have `name` and a field per language of the schema.
    public var hasNames: Bool
    /// Whether features that are one object carry its id.
    public var hasIDs: Bool
    /// Fields of every rule's features, before the rule's own.
    public var attributes: [AttributeRule]
    public var rules: [LayerRule]

    public init(
        id: String, summary: String, geometry: LayerGeometry, buffer: Int = 64, detail: LayerDetail = LayerDetail(),
        order: FeatureOrder = .none, hasNames: Bool = false, hasIDs: Bool = true, attributes: [AttributeRule] = [],
        rules: [LayerRule]
    ) {
        self.id = id
        self.summary = summary
        self.geometry = geometry
        self.buffer = buffer
        self.detail = detail
        self.order = order
        self.hasNames = hasNames
        self.hasIDs = hasIDs
        self.attributes = attributes
        self.rules = rules
    }
}

public enum LayerGeometry: String, CaseIterable, Sendable {
    /// Nodes as they are, other objects by a point inside them.
    case point
    case line
    case polygon
}

/// Of the points of a layer that fall into one square, only the first in the layer's order are shown.
///
/// Squares divide the tile evenly, so they are those of the whole zoom, and all tiles that see a point agree on it.
public struct PointGridLimit: Hashable, Sendable {
    /// Side of the squares, in pixels of 256 to a tile; a power of two up to 256.
    public var pixels: Int
    public var most: Int
    /// The first zoom without a limit.
    public var belowZoom: Int

    public init(pixels: Int, most: Int, belowZoom: Int) {
        self.pixels = pixels
        self.most = most
        self.belowZoom = belowZoom
    }
}

/// How much of a shape a layer keeps below the last zoom.
public struct LayerDetail: Hashable, Sendable {
    /// Vertices are those that this many zooms further in would keep; below 0, further out.
    public var finerByZooms: Int
    /// Below this zoom, lines with equal fields are joined, lose their ids, and come once per tile. 0: never.
    public var joinsLinesBelowZoom: Int
    /// Below this zoom, polygons with equal fields are one feature without id, the union of them all. 0: never. Limits by area in
    /// pixels then hold for the pieces of that union, and for its holes; objects a sixteenth as large are joined.
    public var joinsPolygonsBelowZoom: Int
    /// Smallest object that is shown below the last zoom, unless a rule has its own limit.
    public var smallest: SizeLimit?
    /// How many points there may be in one place.
    public var pointGrid: PointGridLimit?

    public init(
        finerByZooms: Int = 0, joinsLinesBelowZoom: Int = 0, joinsPolygonsBelowZoom: Int = 0,
        smallest: SizeLimit? = nil, pointGrid: PointGridLimit? = nil
    ) {
        self.finerByZooms = finerByZooms
        self.joinsLinesBelowZoom = joinsLinesBelowZoom
        self.joinsPolygonsBelowZoom = joinsPolygonsBelowZoom
        self.smallest = smallest
        self.pointGrid = pointGrid
    }
}
