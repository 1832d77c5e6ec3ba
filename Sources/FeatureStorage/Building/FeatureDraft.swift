public import OSMModel
public import PlanarGeometry

/// One feature on its way into a store. Its geometry's bytes lie in the batch it came in.
public struct FeatureDraft: Sendable {
    public var element: ElementID
    public var role = RecordRole.feature
    public var traits: RecordTraits = []
    public var shape = StoredShape.none
    /// Number of the tag list; `nil` without tags.
    public var tagList: UInt32?
    /// Lowest zoom at which the schema shows it; 15 when it never does.
    public var lowestZoom: UInt8 = 15
    /// `nil` without a position; in the frame that the traits say.
    public var box: WorldBox?
    public var exactCoordinates: [Geometry.ExactCoordinate] = []
    /// Of an area, where it has one of its own; `nil` leaves it to the geometry.
    public var labelPoint: WorldPoint?

    public init(element: ElementID, tagList: UInt32?) {
        self.element = element
        self.tagList = tagList
    }
}
