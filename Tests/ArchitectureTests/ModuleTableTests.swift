import Foundation
import TestSupport
import Testing

/// The table in `Sources/README.md` is the law, and this reads it.
struct ModuleTableTests {
    private static let sources = TestData.repository.appending(path: "Sources")
    /// Modules of the toolchain, and where they may be imported.
    private static let toolchain: [String: @Sendable (String) -> Bool] = [
        "Synchronization": { _ in true },
        "Glibc": { _ in true },
        "FoundationEssentials": { _ in true },
        "Foundation": { $0 == "tuile" },
    ]

    private static func table() throws -> [String: Set<String>] {
        let text = try String(contentsOf: sources.appending(path: "README.md"), encoding: .utf8)
        var table: [String: Set<String>] = [:]
        for line in text.split(separator: "\n") where line.hasPrefix("| ") {
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count >= 6, Int(cells[1]) != nil else { continue }
            let target = cells[2].trimmingCharacters(in: CharacterSet(charactersIn: "`"))
            let imports = cells[4].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            table[target] = Set(imports.filter { !$0.isEmpty })
        }
        return table
    }

    private static func swiftFiles(_ target: String) throws -> [URL] {
        let folder = sources.appending(path: target)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }
    }

    private static func imports(_ file: URL) throws -> [String] {
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ")
            let modifiers: Set<Substring> = ["public", "package", "internal", "private", "@testable"]
            while let first = words.first, modifiers.contains(first) {
                words.removeFirst()
            }
            guard words.first == "import", words.count >= 2 else { return nil }
            return String(words[words.count == 2 ? 1 : 2].split(separator: ".")[0])
        }
    }

    @Test func everyTargetWithSwiftFilesIsInTheTable() throws {
        let table = try Self.table()
        let folders = try FileManager.default.contentsOfDirectory(at: Self.sources, includingPropertiesForKeys: nil)
        for folder in folders.map(\.lastPathComponent) where try !Self.swiftFiles(folder).isEmpty {
            #expect(table[folder] != nil, "\(folder) is missing in Sources/README.md")
        }
        for target in table.keys { #expect(try !Self.swiftFiles(target).isEmpty, "\(target) has no files") }
    }

    @Test func targetsImportOnlyWhatTheTableAllows() throws {
        for (target, allowed) in try Self.table() {
            var used: Set<String> = []
            for file in try Self.swiftFiles(target) {
                for module in try Self.imports(file) {
                    used.insert(module)
                    let isAllowed = allowed.contains(module) || Self.toolchain[module]?(target) ?? false
                    #expect(isAllowed, "\(target)/\(file.lastPathComponent) imports \(module)")
                }
            }
            #expect(allowed.subtracting(used).isEmpty, "\(target) never imports \(allowed.subtracting(used).sorted())")
        }
    }

    @Test func noFileOrFolderIsADrawerForOddThings() throws {
        let forbidden = ["util", "utils", "helper", "helpers", "common", "misc", "core", "manager"]
        let files = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)
        for file in files?.allObjects as? [URL] ?? [] {
            let name = file.deletingPathExtension().lastPathComponent.lowercased()
            #expect(!forbidden.contains(name), "\(file.path)")
        }
    }
}
