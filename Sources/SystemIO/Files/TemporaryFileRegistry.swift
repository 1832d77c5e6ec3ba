import Glibc
import Synchronization

/// The temporary files and folders that exist now, so that a program that is interrupted can remove them on its way out.
public enum TemporaryFileRegistry {
    private static let paths = Mutex<Set<String>>([])

    static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    @discardableResult
    static func remove(_ path: String) -> Bool { paths.withLock { $0.remove(path) != nil } }

    /// Removes them all. Call it right before exit; writers that still run fail or write into nameless files.
    public static func removeAllFiles() {
        paths.withLock { paths in
            for path in paths where unsafe unlink(path) != 0 {
                // A folder. Under another name first, so that whoever still writes into it fails.
                let away = path + ".old"
                FolderTree.remove(unsafe rename(path, away) == 0 ? away : path)
            }
            paths = []
        }
    }
}
