public import Foundation

/// Finds test files outside the repository's own `Fixtures`: real extracts and format cases, which are not ours to
/// copy. The folder is named by `TUILE_TEST_DATA`; without it, `../shared/data` beside the repository is tried.
public enum TestData {
    public static let repository: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The folder, or `nil` when it is absent; tests then say so and are skipped.
    public static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["TUILE_TEST_DATA"].map { URL(filePath: $0) }
        let candidate = named ?? repository.deletingLastPathComponent().appending(path: "shared/data")
        return FileManager.default.fileExists(atPath: candidate.appending(path: "extracts").path) ? candidate : nil
    }()

    public static var isPresent: Bool { folder != nil }

    /// What a skipped test says.
    public static let absent = "real extracts are absent: name their folder with TUILE_TEST_DATA"

    /// A file under the folder; `nil` when it is not there.
    public static func file(_ path: String) -> URL? {
        guard let url = folder?.appending(path: path), FileManager.default.fileExists(atPath: url.path) else {
            return nil
        }
        return url
    }

    public static func extract(_ name: String) -> URL? { file("extracts/\(name)") }

    /// A file of ours under `Fixtures`.
    public static func fixture(_ path: String) -> URL { repository.appending(path: "Fixtures/\(path)") }
}
