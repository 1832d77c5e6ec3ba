public import OSMModel
public import PlanarGeometry

/// Addresses that show an object on the website or open it in an editor. Nothing is ever fetched from them here.
public struct ObjectLinks: Hashable, Sendable {
    /// The object's page on openstreetmap.org.
    public let website: String
    /// Opens iD with the object selected, at the place if there is one.
    public let editor: String
    /// Asks a running JOSM to load the object (remote control, `load_object`).
    public let josm: String

    /// `nil` for numbers below 1, which objects have that were never uploaded.
    public init?(_ element: ElementID, at place: GeoCoordinate? = nil) {
        guard element.number > 0 else { return nil }
        let kind = element.kind.name
        website = "https://www.openstreetmap.org/\(kind)/\(element.number)"
        josm = "http://127.0.0.1:8111/load_object?objects=\(element)"
        var editor = "https://www.openstreetmap.org/edit?\(kind)=\(element.number)"
        if let place {
            editor += "#map=19/\(DegreeText.shortest(place.latitude))/\(DegreeText.shortest(place.longitude))"
        }
        self.editor = editor
    }
}
