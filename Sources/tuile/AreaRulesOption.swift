import ArgumentParser
import OSMImport
import SystemIO

/// Which closed ways are areas, from a file.
struct AreaRulesOption: ParsableArguments {
    @Option(
        name: .customLong("area-rules"),
        help: ArgumentHelp(
            "Which closed ways are areas: a file of lines 'area [CONDITIONS]' or 'line [CONDITIONS]'; later lines win.",
            valueName: "file"))
    var path: String?

    /// `nil` without the option.
    func rules() throws -> AreaRules? {
        guard let path else { return nil }
        let file = try MappedFile(path: path)
        // Safe: the bytes are copied before the mapping ends.
        let text = unsafe file.bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        do {
            return try AreaRules(parsing: text)
        } catch {
            let faults = error.faults.map { "\(path): line \($0.line), column \($0.column): \($0.message)" }
            throw CommandFailure(status: .badConfiguration, message: faults.joined(separator: "\n"))
        }
    }
}
