import ByteCoding
import FeatureQueries
import OSMModel
import PlanarGeometry

/// A report as comma-separated values (RFC 4180): the columns of the JSON form, empty where that has null.
enum ProblemCSV {
    static func begin(_ bytes: inout [UInt8]) { bytes.appendText("kind,id,lon,lat,other,detail,osm,editor,josm\r\n") }

    static func write(_ problem: MapProblem, to bytes: inout [UInt8]) {
        let links = ObjectLinks(problem.element, at: problem.place)
        let fields = [
            problem.kind.word, problem.element.description,
            problem.place.map { DegreeText.shortest($0.longitude) },
            problem.place.map { DegreeText.shortest($0.latitude) }, problem.other?.description, problem.detail,
            links?.website, links?.editor, links?.josm,
        ]
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.appendText(",") }
            let utf8 = Array((field ?? "").utf8)
            bytes.appendCSVField(utf8.byteSpan)
        }
        bytes.appendText("\r\n")
    }
}
