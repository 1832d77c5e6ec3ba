public import OSMModel

/// One appearance of an object in the tiles: in which layer, as what, from which zoom on, with which fields.
public struct Placement: Hashable, Sendable {
    public enum Output: UInt8, Sendable {
        /// The node itself.
        case point
        /// A point inside the area, or a boundary relation's own `label` node.
        case labelPoint
        case line
        case polygon
    }

    /// Index into the schema's layers.
    public var layer: Int
    public var output: Output
    /// Whatever the object's size.
    public var minimumZoom: Int
    public var maximumZoom: Int
    /// The schema's last zoom, which shows every size.
    public var lastZoom: Int
    public var smallest: SizeLimit?
    /// `FeatureOrder` of the layer: the sums of ranks below its detail zoom and from it on.
    public var coarseRank: Int32
    public var fineRank: Int32
    /// In the order of the layer's fields.
    public var attributes: [Attribute]

    /// A field of the feature.
    public struct Attribute: Hashable, Sendable {
        /// Index into `BoundSchema.fields` of the layer.
        public var field: Int
        /// The feature has it from this zoom on.
        public var minimumZoom: Int
        public var source: PlacementSource

        public init(field: Int, minimumZoom: Int, source: PlacementSource) {
            self.field = field
            self.minimumZoom = minimumZoom
            self.source = source
        }
    }

    /// Whether objects show at a zoom, if they are large enough.
    public func shows(at zoom: Int) -> Bool { minimumZoom <= zoom && zoom <= maximumZoom }

    /// The lowest zoom at which an object of this size shows; never above `lastZoom`.
    public func minimumZoom(of size: FeatureSize) -> Int {
        guard let smallest else { return minimumZoom }
        var zoom = minimumZoom
        while zoom < lastZoom && !size.reaches(smallest, atZoom: zoom) { zoom += 1 }
        return zoom
    }
}

/// Where a placed feature gets a field's value from, in one dictionary's numbers.
///
/// Text is a code whenever the dictionary has it, and a string only when not, so equal texts are always written equal.
public enum PlacementSource: Hashable, Sendable {
    /// Text, also where the code is an integer's.
    case code(TagValueCode)
    /// Text that the dictionary lacks.
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    /// The object's own value of a key that varies within the set, as text.
    case tag(key: UInt32)
    /// Needs the object's size.
    case mercatorArea(AreaUnit)
    /// These need the object's own value of a key that varies within the set.
    case wholeNumber(key: UInt32)
    case population(key: UInt32, fallback: Int64)
    case references(key: UInt32)
    case referenceRows(key: UInt32)
    case referenceColumns(key: UInt32)
}

/// A field's value, ready to be written.
public enum FieldValue: Hashable, Sendable {
    /// Text, also where the code is an integer's.
    case code(TagValueCode)
    /// Text that the dictionary lacks.
    case text(String)
    case integer(Int64)
    case boolean(Bool)
}

/// What a schema wants to know about a geometry.
public struct FeatureSize: Hashable, Sendable {
    /// Sum of the lines' lengths on the world grid, whose side is 2^32 units; 0 for others.
    public var lengthInWorldUnits: Double
    /// Area on the world grid in square units, holes taken off; 0 for others.
    public var areaInWorldUnits: Double
    /// Area on the ground, as the sphere has it; not the Mercator area, which at 60 degrees is four times as large.
    public var groundSquareKilometres: Double

    public init(lengthInWorldUnits: Double = 0, areaInWorldUnits: Double = 0, groundSquareKilometres: Double = 0) {
        self.lengthInWorldUnits = lengthInWorldUnits
        self.areaInWorldUnits = areaInWorldUnits
        self.groundSquareKilometres = groundSquareKilometres
    }

    /// Circumference of the sphere of EPSG:3857 (radius 6 378 137 m): the world's side on the Mercator plane.
    public static let worldSideInMetres = 40_075_016.685_578_488

    /// Area on the Mercator plane, which grows towards the poles.
    public var mercatorSquareMetres: Double {
        let metresPerUnit = Self.worldSideInMetres / 4_294_967_296
        return areaInWorldUnits * metresPerUnit * metresPerUnit
    }

    public func mercatorArea(in unit: AreaUnit) -> Int64 {
        let area = unit == .hectares ? mercatorSquareMetres / 10_000 : mercatorSquareMetres
        // The whole plane has 1.6e15 square metres; anything beyond is no area.
        return area > 0 && area < 1e16 ? Int64(area + 0.5) : 0
    }

    /// Whether the object may be shown at a zoom.
    func reaches(_ limit: SizeLimit, atZoom zoom: Int) -> Bool {
        // 2^24 world units are a pixel at zoom 0.
        let pixelsPerUnit = Double(1 << zoom) / 16_777_216
        switch limit {
        case .lengthInPixels(let pixels): return lengthInWorldUnits * pixelsPerUnit > pixels
        case .areaInPixels(let pixels): return areaInWorldUnits * pixelsPerUnit * pixelsPerUnit >= pixels
        case .groundArea(let steps):
            guard let step = steps.last(where: { $0.zoom <= zoom }) else { return false }
            return groundSquareKilometres >= step.squareKilometres
        }
    }
}
