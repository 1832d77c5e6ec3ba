import ByteCoding
import Foundation
import SystemIO
import TestSupport
import Testing

struct AtomicFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }

    func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: folder.path(name)))) }

    @Test func theFileAppearsWhenCommittedAndNotBefore() throws {
        var file = try AtomicFile(path: folder.path("a"))
        try file.append([1, 2, 3])
        #expect(!FileStatus.exists(folder.path("a")))
        try file.commit()
        #expect(try names() == ["a"])
        #expect(try bytes("a") == [1, 2, 3])
    }

    func writeAndDrop() throws {
        var file = try AtomicFile(path: folder.path("a"))
        try file.append([9])
    }

    @Test func droppingItLeavesWhatWasThere() throws {
        try Data([7]).write(to: URL(filePath: folder.path("a")))
        try writeAndDrop()
        #expect(try names() == ["a"])
        #expect(try bytes("a") == [7])
    }

    @Test func manyBytesInPiecesOfAnySizeComeOutInOrder() throws {
        var random = SeededGenerator(seed: 1)
        var expected: [UInt8] = []
        var file = try AtomicFile(path: folder.path("a"))
        for size in [0, 1, 1 << 19, 1 << 20, 3 << 20, 5, (1 << 20) - 1, 2] {
            let piece = [UInt8](repeating: UInt8.random(in: 0...255, using: &random), count: size)
            try file.append(piece)
            expected += piece
            #expect(file.byteCount == expected.count)
        }
        try file.pad(to: 64)
        expected += [UInt8](repeating: 0, count: (64 - expected.count % 64) % 64)
        try file.overwrite([1, 2, 3], at: 100)
        expected.replaceSubrange(100..<103, with: [1, 2, 3])
        try file.append([5])
        expected.append(5)
        try file.commit()
        #expect(try bytes("a") == expected)
    }

    @Test func anExistingFileStopsACommitThatMayNotReplace() throws {
        try Data([7]).write(to: URL(filePath: folder.path("a")))
        var file = try AtomicFile(path: folder.path("a"))
        try file.append([9])
        var failure: SystemError?
        do throws(SystemError) { try file.commit(replacing: false) } catch { failure = error }
        guard case .call(_, _, let code) = try #require(failure) else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(code == EEXIST)
        #expect(try names() == ["a"])
        #expect(try bytes("a") == [7])
    }

    @Test func aFileBeingWrittenIsLocked() throws {
        var file = try AtomicFile(path: folder.path("a"))
        try file.append([1])
        #expect(throws: SystemError.locked(path: folder.path("a"))) { _ = try AtomicFile(path: folder.path("a")) }
        try file.commit()
        #expect(try bytes("a") == [1])
    }

    @Test func leftoversOfTheSameNameAreRemovedAndOthersAreNot() throws {
        for name in [".a.tuile-99999999.tmp", ".ab.tuile-1.tmp", ".a.tuile-1.tmpx"] {
            try Data([1]).write(to: URL(filePath: folder.path(name)))
        }
        try AtomicFile(path: folder.path("a")).commit()
        #expect(try names() == [".a.tuile-1.tmpx", ".ab.tuile-1.tmp", "a"])
    }

    @Test func aFolderThatIsNotThereIsMissing() {
        let error = #expect(throws: SystemError.self) { _ = try AtomicFile(path: folder.path("no/such/a")) }
        #expect(error?.isMissing == true)
    }
}
