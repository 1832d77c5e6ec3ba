import ByteCoding
import FeatureQueries
import OSMModel
import PlanarGeometry

/// A report as JSON: one object of `counts` (by kind), `numberMatched`, `numberReturned` and `problems`, one a line.
///
/// Every problem has the same members, in the order of their names: `detail` (text, may be empty), `editor`, `id` (`w4`),
/// `josm`, `kind`, `lat`, `lon`, `osm`, `other` (an id). Null is what is not known: the place, the other object, the links
/// of objects that were never uploaded.
enum ProblemJSON {
    static func begin(_ report: ProblemReport, _ bytes: inout [UInt8]) {
        bytes.appendText("{\"counts\":{")
        for (index, kind) in report.kinds.enumerated() {
            if index > 0 { bytes.appendText(",") }
            bytes.appendJSON(kind.word)
            bytes.appendText(":")
            bytes.appendDecimal(UInt64(report.counts[kind] ?? 0))
        }
        bytes.appendText("},\"numberMatched\":")
        bytes.appendDecimal(UInt64(report.matched))
        bytes.appendText(",\"numberReturned\":")
        bytes.appendDecimal(UInt64(report.problems.count))
        bytes.appendText(",\"problems\":[")
    }

    static func write(_ problem: MapProblem, isFirst: Bool, to bytes: inout [UInt8]) {
        bytes.appendText(isFirst ? "\n" : ",\n")
        let links = ObjectLinks(problem.element, at: problem.place)
        bytes.appendText("{\"detail\":")
        bytes.appendJSON(problem.detail)
        bytes.appendText(",\"editor\":")
        bytes.appendJSON(links?.editor)
        bytes.appendText(",\"id\":")
        bytes.appendJSON(problem.element.description)
        bytes.appendText(",\"josm\":")
        bytes.appendJSON(links?.josm)
        bytes.appendText(",\"kind\":")
        bytes.appendJSON(problem.kind.word)
        bytes.appendText(",\"lat\":")
        if let place = problem.place { bytes.appendDegrees(place.latitude) } else { bytes.appendText("null") }
        bytes.appendText(",\"lon\":")
        if let place = problem.place { bytes.appendDegrees(place.longitude) } else { bytes.appendText("null") }
        bytes.appendText(",\"osm\":")
        bytes.appendJSON(links?.website)
        bytes.appendText(",\"other\":")
        bytes.appendJSON(problem.other?.description)
        bytes.appendText("}")
    }

    static func finish(_ bytes: inout [UInt8]) { bytes.appendText("\n]}\n") }
}

extension Array where Element == UInt8 {
    /// Appends a JSON string, or `null`.
    mutating func appendJSON(_ text: String?) {
        guard let text else { return appendText("null") }
        let utf8 = Array(text.utf8)
        appendJSONString(utf8.byteSpan)
    }
}
