/// What an object's geometry is before any layer asks for it.
public enum FeatureShape: UInt8, CaseIterable, Sendable {
    case point
    case line
    /// A way that ends where it began: a line, or an area, as the layer likes.
    case closedLine
    /// A multipolygon or boundary relation.
    case area
}
