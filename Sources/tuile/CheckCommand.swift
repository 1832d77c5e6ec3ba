import ArgumentParser
import FeatureQueries
import FeatureStorage
import Foundation
import OSMImport
import OSMModel
import QualityReports
import SystemIO

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Report what is odd about the data, with links to repair it.",
        discussion: """
            Reads a store, or an OSM file without writing a store ('-' is standard input). The options about areas and the sea \
            are those of 'import', and for OSM files only; with the same ones both give the same report. The exit code is 1 when \
            something was found. --list explains every kind of problem.
            """)

    @Argument(help: "A store or an OSM file.") var file: String?
    @Flag(help: "Explain every kind of problem instead.") var list = false
    @Option(help: "table, json, geojson (a map layer), csv.", transform: CheckCommand.format)
    var format: ProblemFormat = .table
    @Option(help: "Only these kinds, as odd-tag,duplicate-node.") var kinds: String?
    @Option(
        parsing: .unconditional,
        help: "Only problems in this box: west,south,east,north in degrees; west > east crosses 180.")
    var bbox: String?
    @Option(parsing: .unconditional, help: "At most so many.") var limit: String?
    @Option(name: [.short, .long], help: "The file to write (default: standard output).") var output: String?
    @Flag(help: "Replace an output file that exists.") var force = false
    @OptionGroup var areas: AreaRulesOption
    @OptionGroup var sea: SeaOptionGroup
    @OptionGroup var threads: ThreadOptions
    @OptionGroup var progress: ProgressOptions

    private static func format(_ word: String) throws -> ProblemFormat {
        guard let format = ProblemFormat(rawValue: word) else {
            let words = ProblemFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("format '\(word)': expected one of \(words)")
        }
        return format
    }

    func validate() throws {
        if !list, file == nil { throw ValidationError("name a store or an OSM file, or ask for --list") }
        if list, file != nil { throw ValidationError("--list takes no file") }
        if list, kinds != nil || bbox != nil || limit != nil {
            throw ValidationError("--list explains all kinds; --kinds, --bbox and --limit choose among problems")
        }
        if list, format != .table, format != .json { throw ValidationError("--list is written as table or json") }
    }

    mutating func run() async throws {
        removeTemporaryFilesOnInterrupt()
        var output = try ReportOutput(output, input: file, replacing: force)
        guard let file else {
            try output.append(format == .json ? ProblemCatalogue.json() : Array(ProblemCatalogue.text().utf8))
            return try output.finish()
        }
        var selection = ProblemSelection()
        selection.kinds = try kinds.map { try ProblemSelection.kinds(parsing: $0) }
        selection.box = try bbox.map { try QueryBox(parsing: $0) }
        let limit = try limit.map { try FeatureQuery.limit(parsing: $0) }
        let report = ProblemReport(ProblemList(try await problems(of: file)), selection, limit: limit)
        try report.write(format) { try output.append($0) }
        try output.finish()
        if report.matched > 0 { throw CommandFailure(status: .notSo, message: "") }
    }

    private func problems(of path: String) async throws -> [MapProblem] {
        let file = try path == "-" ? spoolStandardInput() : MappedFile(path: path)
        switch FileKind(file) {
        case .store where path == "-":
            throw CommandFailure(
                status: .wrongUse, message: "standard input: is a store, which must be given by its name")
        case .store where areas.path != nil || sea.isStated:
            throw CommandFailure(
                status: .wrongUse,
                message: "\(path): is a store, in which areas and sea are made; options about them are for OSM files")
        case .store: return try FeatureStore(path: path).problems()
        case .archive:
            throw CommandFailure(
                status: .wrongUse,
                message: "\(path): is a tile archive; give the store or the OSM file that it was made from")
        case .other:
            let job = StoreImport(
                threads: threads.count, replacesExisting: false, progress: ProgressLine(progress.progress),
                areaRules: try areas.rules(), sea: try sea.options())
            let report = try await job.problems(of: file)
            // Faults of the file and not of the map: nothing for a mapper to repair, and a store does not have them.
            for finding in report.refused {
                FileHandle.standardError.write(Data(ImportReportText.line("refused", finding).utf8))
            }
            for remark in report.remarks {
                FileHandle.standardError.write(Data(ImportReportText.line(remark).utf8))
            }
            return report.problems
        }
    }
}

/// Standard output, or a file that appears when it is complete.
private struct ReportOutput: ~Copyable {
    private var standard = StandardOutput()
    private var file: AtomicFile?
    private let isFile: Bool
    private let replaces: Bool

    /// `nil` and `-` are standard output.
    init(_ path: String?, input: String?, replacing: Bool) throws {
        replaces = replacing
        guard let path, path != "-" else {
            file = nil
            isFile = false
            return
        }
        try OutputPath.check(path, input: input ?? "", replacing: replacing)
        file = try AtomicFile(path: path)
        isFile = true
    }

    mutating func append(_ bytes: [UInt8]) throws {
        if isFile { try file?.append(bytes) } else { try standard.append(bytes) }
    }

    consuming func finish() throws {
        var standard = standard
        try standard.flush()
        if let file { try file.commit(replacing: replaces) }
    }
}
