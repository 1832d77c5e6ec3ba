import ByteCoding
import Foundation
import SystemIO
import TestSupport
import Testing

struct MappedFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func theBytesAreThoseOfTheFile() throws {
        let bytes = (0..<10000).map { UInt8(truncatingIfNeeded: $0) }
        try Data(bytes).write(to: URL(filePath: folder.path("a")))
        let file = try MappedFile(path: folder.path("a"))
        #expect(file.byteCount == 10000)
        #expect(file.bytes.toArray() == bytes)
        #expect(file.bytes(9990..<10000).toArray() == Array(bytes.suffix(10)))
        file.advise(.sequential)
        file.releasePages()
        #expect(file.bytes(0..<3).toArray() == [0, 1, 2])
    }

    @Test func anEmptyFileHasAnEmptySpan() throws {
        try Data().write(to: URL(filePath: folder.path("a")))
        let file = try MappedFile(path: folder.path("a"))
        let count = file.bytes.byteCount
        #expect(file.byteCount == 0 && count == 0)
        file.advise(.random)
    }

    @Test func whatIsNoRegularFileIsRefused() {
        let missing = #expect(throws: SystemError.self) { _ = try MappedFile(path: folder.path("a")) }
        #expect(missing?.isMissing == true)
        let directory = #expect(throws: SystemError.self) { _ = try MappedFile(path: folder.url.path) }
        #expect(directory?.isMissing == true)
        #expect(throws: SystemError.notRegularFile(path: "/dev/null")) { _ = try MappedFile(path: "/dev/null") }
    }

    @Test func identityChangesWithTheFile() throws {
        let path = folder.path("a")
        #expect(FileStatus.identity(path) == nil && !FileStatus.exists(path))
        try Data([1]).write(to: URL(filePath: path))
        let first = try #require(FileStatus.identity(path))
        #expect(first.byteCount == 1 && FileStatus.exists(path) && !FileStatus.isDirectory(path))
        try Data([1, 2]).write(to: URL(filePath: path))
        #expect(FileStatus.identity(path) != first)
        FileStatus.remove(path)
        FileStatus.remove(path)
        #expect(!FileStatus.exists(path) && FileStatus.isDirectory(folder.url.path))
    }
}
