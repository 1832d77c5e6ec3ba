import SystemIO

/// Checks a name that a command is about to give to its output.
enum OutputPath {
    /// Throws when the name is taken (without `replacing`), is that of the input, or of something that is no regular file
    /// (for a folder: no folder).
    static func check(_ path: String, input: String, replacing: Bool, isFolder: Bool = false) throws {
        if FileStatus.isSpecial(path), !(isFolder && FileStatus.isDirectory(path)) {
            throw CommandFailure(status: .noOutput, message: "\(path): is no regular file, so nothing is written there")
        }
        if FileStatus.isSameFile(path, input) {
            throw CommandFailure(status: .noOutput, message: "\(path): is the input itself")
        }
        if !replacing, FileStatus.exists(path) {
            throw CommandFailure(status: .noOutput, message: "\(path): exists; --force replaces it")
        }
    }
}
