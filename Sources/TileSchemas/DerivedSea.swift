/// The sea as features of its own: what the importer derives from the coastline.
///
/// Each connected piece of sea comes as one record for the low zooms, and cut into overlapping cells for the others: a layer
/// that shows them has to join its polygons (`LayerDetail.joinsPolygonsBelowZoom`). Such records are for schemas; queries and counts
/// never see them.
public enum DerivedSea {
    public static let key = "tuile:sea"
    /// A whole piece, for zooms below `detailZoom`.
    public static let overview = "overview"
    /// Cells of a piece, for zooms from `detailZoom` on.
    public static let detail = "detail"
    public static let detailZoom = 8

    public static let overviewTags = [(key: key, value: overview)]
    public static let detailTags = [(key: key, value: detail)]
}
