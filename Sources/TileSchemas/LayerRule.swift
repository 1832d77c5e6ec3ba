public import OSMModel

/// One reason for an object to be in a layer.
public struct LayerRule: Hashable, Sendable {
    public var filter: TagFilter
    public var shapes: FeatureShapes
    /// When a closed way is what this layer wants; looked at only where `shapes` has closed ways.
    public var closedWays: ClosedWayUse
    public var minimumZoom: Int
    /// The last zoom that shows it; `nil` for the schema's.
    public var maximumZoom: Int?
    /// Instead of the layer's own limit.
    public var smallest: SizeLimit?
    /// After the layer's own fields.
    public var attributes: [AttributeRule]

    public init(
        filter: TagFilter, shapes: FeatureShapes, closedWays: ClosedWayUse, minimumZoom: Int,
        maximumZoom: Int? = nil, smallest: SizeLimit? = nil, attributes: [AttributeRule] = []
    ) {
        self.filter = filter
        self.shapes = shapes
        self.closedWays = closedWays
        self.minimumZoom = minimumZoom
        self.maximumZoom = maximumZoom
        self.smallest = smallest
        self.attributes = attributes
    }
}

public struct FeatureShapes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let point = FeatureShapes(.point)
    public static let line = FeatureShapes(.line)
    public static let closedLine = FeatureShapes(.closedLine)
    public static let area = FeatureShapes(.area)

    public static let lines: FeatureShapes = [.line, .closedLine]
    public static let areas: FeatureShapes = [.closedLine, .area]
    public static let pointsAndAreas: FeatureShapes = [.point, .closedLine, .area]

    public init(_ shape: FeatureShape) { rawValue = 1 << shape.rawValue }
}

/// When a rule takes a closed way, by its `area` tag. `yes`, `1` and `true` say yes, `no` says no.
public enum ClosedWayUse: String, CaseIterable, Sendable {
    case always
    /// Tags imply an area unless the way denies it.
    case unlessAreaNo
    /// Tags imply a line; the way must say that it is an area.
    case onlyAreaYes
    /// Tags imply a line unless the way denies it.
    case unlessAreaYes
    /// Tags imply an area; the way must say that it is a line.
    case onlyAreaNo
}

/// How large an object has to be to be shown at a zoom. The schema's last zoom shows every object.
///
/// A pixel is 1/256 of a tile's side, so at zoom z the world is 256 * 2^z of them wide.
public enum SizeLimit: Hashable, Sendable {
    /// The object's Mercator length is greater.
    case lengthInPixels(Double)
    /// The object's Mercator area is at least this, in square pixels.
    case areaInPixels(Double)
    /// From each zoom on, an area on the ground of at least so many square kilometres. Zooms ascend, areas descend.
    case groundArea([GroundAreaStep])
}

public struct GroundAreaStep: Hashable, Sendable {
    public var zoom: Int
    public var squareKilometres: Double

    public init(zoom: Int, squareKilometres: Double) {
        self.zoom = zoom
        self.squareKilometres = squareKilometres
    }
}
