import FeatureQueries
import OSMModel
import PlanarGeometry

/// A report for people: aligned columns, then how many there are of each kind.
///
/// A line is kind, object, longitude, latitude, the other object, a link that opens it in an editor and the detail,
/// which comes last because it may be long. `-` stands for what there is not. Control characters of the data are written as escapes, so that a file cannot
/// play tricks on a terminal.
struct ProblemTable {
    private let report: ProblemReport
    private let widths: [Int]

    private static let titles = ["KIND", "OBJECT", "LONGITUDE", "LATITUDE", "OTHER", "LINK", "DETAIL"]
    /// Numbers end at the same place.
    private static let alignsRight = [false, false, true, true, false, false, false]

    init(_ report: ProblemReport) {
        self.report = report
        var widths = Self.titles.map(\.count)
        for problem in report.problems {
            for (index, cell) in Self.cells(problem).enumerated() {
                widths[index] = max(widths[index], cell.utf8.count)
            }
        }
        self.widths = widths
    }

    /// All but the detail are ASCII, so bytes are columns.
    private static func cells(_ problem: MapProblem) -> [String] {
        [
            problem.kind.word, problem.element.description,
            problem.place.map { DegreeText.fixed($0.longitude) } ?? "-",
            problem.place.map { DegreeText.fixed($0.latitude) } ?? "-", problem.other?.description ?? "-",
            ObjectLinks(problem.element)?.editor ?? "-", printable(problem.detail),
        ]
    }

    func begin(_ bytes: inout [UInt8]) {
        if !report.problems.isEmpty { line(Self.titles, &bytes) }
    }

    func write(_ problem: MapProblem, to bytes: inout [UInt8]) { line(Self.cells(problem), &bytes) }

    func finish(_ bytes: inout [UInt8]) {
        if report.matched == 0 { return bytes.appendText("No problems found.\n") }
        let problems = report.matched == 1 ? "1 problem" : "\(report.matched) problems"
        let kinds = report.kinds.count == 1 ? "1 kind" : "\(report.kinds.count) kinds"
        let shown = report.problems.count < report.matched ? ", \(report.problems.count) shown" : ""
        var text = (report.problems.isEmpty ? "" : "\n") + "\(problems) of \(kinds)\(shown):\n"
        let wordWidth = report.kinds.map(\.word.utf8.count).max() ?? 0
        for kind in report.kinds {
            let count = String(report.counts[kind] ?? 0)
            text += String(repeating: " ", count: max(0, 10 - count.count)) + count + "  " + kind.word
            text += String(repeating: " ", count: wordWidth - kind.word.utf8.count) + "  "
            text += kind.explanation.title + "\n"
        }
        text += "`tuile check --list` explains each kind.\n"
        bytes += Array(text.utf8)
    }

    private func line(_ cells: [String], _ bytes: inout [UInt8]) {
        let last = cells.lastIndex { !$0.isEmpty } ?? 0
        for (index, cell) in cells[...last].enumerated() {
            if index > 0 { bytes.appendText("  ") }
            let padding = repeatElement(UInt8(ascii: " "), count: max(0, widths[index] - cell.utf8.count))
            if Self.alignsRight[index] { bytes += padding }
            bytes += Array(cell.utf8)
            if !Self.alignsRight[index], index < last { bytes += padding }
        }
        bytes.appendText("\n")
    }

    /// With escapes for control characters and for those that turn the direction of text.
    static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7f..<0xa0, 0x2028...0x202e, 0x2066...0x2069:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
