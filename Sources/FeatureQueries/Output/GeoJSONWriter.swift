public import FeatureStorage

/// Writes answers as GeoJSON (RFC 7946), piece by piece.
///
/// `id` is the element (`n17`); `properties` are the tags, all strings, in the store's order, and nothing else; `geometry`
/// is null when no position is known. With `withRelations` a foreign member `relations` says which relations the feature is
/// a member of (`RelationListText`). Coordinates are the file's own, to 1e-7 degree, without rounding. Exterior rings run
/// counter-clockwise, interior ones clockwise, and what crosses 180 degrees is cut there (section 3.1.9).
public struct GeoJSONWriter {
    public enum Layout: Sendable {
        /// One FeatureCollection.
        case collection
        /// A feature a line, and nothing else.
        case lines
    }

    private let layout: Layout
    private let store: FeatureStore
    private var tags: FeatureTagReader
    private let relations: RelationListText?
    private var isFirst = true

    public init(store: FeatureStore, layout: Layout = .collection, withRelations: Bool = false) {
        relations = withRelations ? RelationListText(store: store) : nil
        self.layout = layout
        self.store = store
        tags = FeatureTagReader(store: store)
    }

    /// Appends what comes before the features.
    public func begin(_ bytes: inout [UInt8]) {
        if layout == .collection { bytes.appendText("{\"type\":\"FeatureCollection\",\"features\":[\n") }
    }

    /// Appends a feature.
    public mutating func write(_ found: FoundFeature, to bytes: inout [UInt8]) throws {
        if !isFirst, layout == .collection { bytes.appendText(",\n") }
        isFirst = false
        bytes.appendText("{\"type\":\"Feature\",\"id\":\"")
        bytes.appendElement(found.element)
        bytes.appendText("\",\"geometry\":")
        bytes.appendGeoJSON(try found.geometry(in: store))
        bytes.appendText(",\"properties\":")
        let store = store
        bytes.appendJSONObject(try tags.tags(of: try store.feature(found.number)), of: store)
        if let relations {
            bytes.appendText(",\"relations\":")
            try relations.append(found.element, &tags, to: &bytes)
        }
        bytes.appendText("}")
        if layout == .lines { bytes.appendText("\n") }
    }

    /// Appends what comes after the features.
    public func finish(_ bytes: inout [UInt8]) {
        if layout == .collection { bytes.appendText(isFirst ? "]}\n" : "\n]}\n") }
    }
}
