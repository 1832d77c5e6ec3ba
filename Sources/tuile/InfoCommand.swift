import ArgumentParser
import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import SystemIO
import TileArchives
import TileGeneration

struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info", abstract: "What a store or a tile archive holds.",
        discussion: "With --check every checksum of a store is verified; the exit code is 1 when one is wrong.")

    @Argument(help: "A store or an archive.") var file: String
    @Flag(help: "Print as JSON on standard output.") var json = false
    @Flag(help: "Verify every checksum of a store.") var check = false

    func run() throws {
        switch try FileKind(at: file) {
        case .archive:
            if check { throw ValidationError("--check is for stores") }
            try ArchiveDescription(at: file).write(asJSON: json)
        default: try describe(FeatureStore(path: file))
        }
    }

    private struct Section: Encodable {
        var name: String
        var bytes: Int
        var isMappedByQueriesAndTiles: Bool
    }

    private struct Report: Encodable {
        var path: String
        var bytes: Int
        var nodes: Int
        var ways: Int
        var relations: Int
        var bounds: [Double]?
        /// The same with the sea, which is no feature.
        var shownBounds: [Double]?
        var sea: SeaReport?
        var dataDate: String?
        var replicationSequence: Int64?
        var replicationBaseURL: String?
        var sourceName: String
        var sourceBytes: Int
        var sourceSHA256: String
        var schemaHash: String
        var areaRulesSHA256: String?
        var programVersion: String
        var attribution: String
        var licence: String
        var sections: [Section]
    }

    private func describe(_ store: FeatureStore) throws {
        let metadata = store.metadata
        let report = Report(
            path: file, bytes: store.byteCount, nodes: metadata.nodeCount, ways: metadata.wayCount,
            relations: metadata.relationCount,
            bounds: metadata.southWest.flatMap { low in
                metadata.northEast.map {
                    [low.longitudeDegrees, low.latitudeDegrees, $0.longitudeDegrees, $0.latitudeDegrees]
                }
            },
            shownBounds: metadata.shownBounds.map { low, high in
                [low.longitudeDegrees, low.latitudeDegrees, high.longitudeDegrees, high.latitudeDegrees]
            },
            sea: metadata.sea.map(SeaReport.init), dataDate: metadata.dataTimestamp.flatMap(utcText),
            replicationSequence: metadata.replicationSequence,
            replicationBaseURL: metadata.replicationBaseURL, sourceName: metadata.sourceName,
            sourceBytes: metadata.sourceByteCount, sourceSHA256: metadata.sourceHash, schemaHash: metadata.schemaHash,
            areaRulesSHA256: metadata.areaRulesHash, programVersion: metadata.programVersion,
            attribution: StoreMetadata.attribution,
            licence: StoreMetadata.licence,
            sections: store.sectionSizes.map {
                Section(
                    name: $0.section.name, bytes: $0.byteCount,
                    isMappedByQueriesAndTiles: $0.section.isMappedByQueriesAndTiles)
            })
        var out = StandardOutput()
        try out.append(json ? JSONText.of(report) : lines(report))
        if check {
            let faults = store.verify()
            for fault in faults { ExitStatus.printError("\(fault)") }
            if !json {
                try out.append(faults.isEmpty ? "checksums   all right\n" : "checksums   \(faults.count) wrong\n")
            }
            try out.flush()
            if !faults.isEmpty { throw CommandFailure(status: .notSo, message: "") }
        }
        try out.flush()
    }

    private func lines(_ report: Report) -> String {
        var text = ""
        func row(_ title: String, _ value: String?) {
            guard let value else { return }
            text += title.padding(toLength: 12, withPad: " ", startingAt: 0) + value + "\n"
        }
        row("store", "\(report.path), \(ByteText.grouped(report.bytes)) bytes")
        row(
            "features",
            "\(ByteText.grouped(report.nodes)) nodes, \(ByteText.grouped(report.ways)) ways, "
                + "\(ByteText.grouped(report.relations)) relations")
        row("bounds", report.bounds.map { $0.map { String($0) }.joined(separator: ", ") })
        row("sea", report.sea?.text)
        row("data date", report.dataDate ?? "unknown")
        row(
            "replication",
            report.replicationSequence.map { "\($0) of \(report.replicationBaseURL ?? "unknown server")" })
        row("source", "\(report.sourceName), \(ByteText.grouped(report.sourceBytes)) bytes")
        row("sha256", report.sourceSHA256)
        row("made by", "tuile \(report.programVersion), schema \(report.schemaHash)")
        row("area rules", report.areaRulesSHA256)
        row("licence", "\(report.attribution), \(report.licence)")
        for section in report.sections {
            let note = section.isMappedByQueriesAndTiles ? "" : " (apart: for updates and look-ups by reference)"
            row("section", "\(section.name): \(ByteText.grouped(section.bytes)) bytes\(note)")
        }
        let mapped = report.sections.reduce(0) { $0 + ($1.isMappedByQueriesAndTiles ? $1.bytes : 0) }
        row("mapped", "\(ByteText.grouped(mapped)) bytes by queries and tiles")
        return text
    }
}
