import FeatureStorage
import Foundation
import OSMImport
import OSMModel
import SystemIO
import TileGeneration

/// The import report for people, and as JSON.
struct ImportReportText {
    let report: ImportReport
    let store: String
    let wallSeconds: Double
    let cost: ProcessCost

    init(_ report: ImportReport, store: String, wallSeconds: Double) {
        self.report = report
        self.store = store
        self.wallSeconds = wallSeconds
        cost = .current()
    }

    func lines() -> String {
        var text = ""
        func row(_ title: String, _ counts: ImportReport.Counts) {
            let numbers = [counts.nodes, counts.ways, counts.relations].map { number in
                let grouped = ByteText.grouped(number)
                return String(repeating: " ", count: max(0, 14 - grouped.count)) + grouped
            }
            text += title.padding(toLength: 10, withPad: " ", startingAt: 0) + numbers.joined() + "\n"
        }
        text += "                   nodes          ways     relations\n"
        row("read", report.read)
        row("kept", report.kept)
        row("parts", report.parts)
        row("unused", report.unused)
        for finding in report.refused { text += Self.line("refused", finding) }
        for finding in report.problemFindings { text += Self.line("odd", finding) }
        for remark in report.remarks { text += Self.line(remark) }
        if let sea = report.metadata.sea { text += "sea: \(SeaReport(sea).text)\n" }
        let date = report.metadata.dataTimestamp.flatMap(utcText) ?? "unknown"
        text += "\(store): \(ByteText.megabytes(report.storeByteCount)), data of \(date), "
        text += String(
            format: "%.2f s (%.2f CPU), peak %.0f MB\n", wallSeconds, cost.cpuSeconds, Double(cost.peakBytes) / 1e6)
        return text
    }

    /// A reason with how many objects it is about and the first of them.
    static func line(_ title: String, _ finding: ImportReport.Finding) -> String {
        let ids = finding.firstIDs.prefix(5).map(\.description).joined(separator: " ")
        let more = finding.count > 5 ? " ..." : ""
        let kind = finding.kind.name + (finding.count == 1 ? "" : "s")
        return "\(title): \(finding.reason), \(ByteText.grouped(finding.count)) \(kind): \(ids)\(more)\n"
    }

    static func line(_ remark: ImportRemark) -> String { "note: \(remark.text)\n" }

    private struct Report: Encodable {
        var read: Counts
        var kept: Counts
        var parts: Counts
        var unused: Counts
        var refused: [Finding]
        var problems: [Finding]
        var remarks: [String]
        var sea: SeaReport?
        var source: Source
        var store: Store
        var cost: Cost
    }

    private struct Counts: Encodable {
        var nodes: Int
        var ways: Int
        var relations: Int

        init(_ counts: ImportReport.Counts) {
            nodes = counts.nodes
            ways = counts.ways
            relations = counts.relations
        }
    }

    private struct Finding: Encodable {
        var reason: String
        var type: String
        var count: Int
        var ids: [String]

        init(_ finding: ImportReport.Finding) {
            reason = finding.reason
            type = finding.kind.name
            count = finding.count
            ids = finding.firstIDs.map(\.description)
        }
    }

    private struct Source: Encodable {
        var sha256: String
        var bytes: Int
        var timestamp: String?
        var sequence: Int64?
    }

    private struct Store: Encodable {
        var path: String
        var bytes: Int
    }

    private struct Cost: Encodable {
        var cpuSeconds: Double
        var wallSeconds: Double
        var peakBytes: Int
        var bytesRead: Int
        var bytesWritten: Int
    }

    func json() throws -> String {
        let metadata = report.metadata
        let content = Report(
            read: Counts(report.read), kept: Counts(report.kept), parts: Counts(report.parts),
            unused: Counts(report.unused), refused: report.refused.map(Finding.init),
            problems: report.problemFindings.map(Finding.init), remarks: report.remarks.map(\.text),
            sea: metadata.sea.map(SeaReport.init),
            source: Source(
                sha256: metadata.sourceHash, bytes: metadata.sourceByteCount,
                timestamp: metadata.dataTimestamp.flatMap(utcText), sequence: metadata.replicationSequence),
            store: Store(path: store, bytes: report.storeByteCount),
            cost: Cost(
                cpuSeconds: cost.cpuSeconds, wallSeconds: wallSeconds, peakBytes: cost.peakBytes,
                bytesRead: metadata.sourceByteCount, bytesWritten: report.storeByteCount))
        return try JSONText.of(content)
    }
}

/// JSON with sorted keys, so that equal reports are equal texts.
enum JSONText {
    static func of(_ content: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(content), as: UTF8.self) + "\n"
    }
}
