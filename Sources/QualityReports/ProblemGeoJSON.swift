import FeatureQueries
import OSMModel
import PlanarGeometry

/// A report as a GeoJSON FeatureCollection (RFC 7946), a feature a line, with the members `numberMatched` and
/// `numberReturned` of OGC API Features.
///
/// `geometry` is the place as a point, null without one. `properties`: `kind`, `id` (`w4`), `other` (an id or null),
/// `detail` (text), `osm`, `editor`, `josm` (links or null).
enum ProblemGeoJSON {
    static func begin(_ report: ProblemReport, _ bytes: inout [UInt8]) {
        bytes.appendText("{\"type\":\"FeatureCollection\",\"numberMatched\":")
        bytes.appendDecimal(UInt64(report.matched))
        bytes.appendText(",\"numberReturned\":")
        bytes.appendDecimal(UInt64(report.problems.count))
        bytes.appendText(",\"features\":[")
    }

    static func write(_ problem: MapProblem, isFirst: Bool, to bytes: inout [UInt8]) {
        bytes.appendText(isFirst ? "\n" : ",\n")
        bytes.appendText("{\"type\":\"Feature\",\"geometry\":")
        if let place = problem.place {
            bytes.appendText("{\"type\":\"Point\",\"coordinates\":[")
            bytes.appendDegrees(place.longitude)
            bytes.appendText(",")
            bytes.appendDegrees(place.latitude)
            bytes.appendText("]}")
        } else {
            bytes.appendText("null")
        }
        let links = ObjectLinks(problem.element, at: problem.place)
        bytes.appendText(",\"properties\":{\"kind\":")
        bytes.appendJSON(problem.kind.word)
        bytes.appendText(",\"id\":")
        bytes.appendJSON(problem.element.description)
        bytes.appendText(",\"other\":")
        bytes.appendJSON(problem.other?.description)
        bytes.appendText(",\"detail\":")
        bytes.appendJSON(problem.detail)
        bytes.appendText(",\"osm\":")
        bytes.appendJSON(links?.website)
        bytes.appendText(",\"editor\":")
        bytes.appendJSON(links?.editor)
        bytes.appendText(",\"josm\":")
        bytes.appendJSON(links?.josm)
        bytes.appendText("}}")
    }

    static func finish(_ bytes: inout [UInt8]) { bytes.appendText("\n]}\n") }
}
