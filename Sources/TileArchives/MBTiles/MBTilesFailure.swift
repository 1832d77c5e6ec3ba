import GRDB
import Glibc
import SystemIO

/// What SQLite says, as the errors of archives and files.
enum MBTilesFailure {
    static func wrapping<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as DatabaseError {
            throw failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: DatabaseError) -> any Error {
        let reason = error.message ?? "SQLite error \(error.extendedResultCode)"
        switch error.resultCode {
        case .SQLITE_FULL: return SystemError.call(operation: "write", path: path, code: ENOSPC)
        case .SQLITE_NOTADB: return TileArchiveError.formatNotRecognised(path: path)
        case .SQLITE_BUSY, .SQLITE_LOCKED: return SystemError.locked(path: path)
        case .SQLITE_CANTOPEN: return SystemError.call(operation: "open", path: path, code: EACCES)
        case .SQLITE_IOERR: return SystemError.call(operation: "read or write", path: path, code: EIO)
        case .SQLITE_NOMEM: return SystemError.call(operation: "read or write", path: path, code: ENOMEM)
        default: return TileArchiveError.damaged(path: path, part: "database", offset: 0, reason: reason)
        }
    }
}
