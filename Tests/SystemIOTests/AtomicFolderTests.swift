import ByteCoding
import Foundation
import TestSupport
import Testing

@testable import SystemIO

@Suite("Folders that appear when they are complete")
struct AtomicFolderTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private var names: [String] { (try? FolderTree.names(in: folder.url.path)) ?? [] }

    @Test("Files, folders on their way, and second names are there after the commit, and nothing before")
    func committed() throws {
        let new = try AtomicFolder(path: folder.path("a") + "/")
        #expect(try new.write([1, 2].byteSpan, to: "x/y/z"))
        #expect(try !new.write([3].byteSpan, to: "x/y/z"))
        #expect(try new.link("x/y/z", as: "u/v") == .made)
        #expect(try new.link("x/y/z", as: "u/v") == .exists)
        #expect(!FileStatus.exists(folder.path("a")))
        try new.commit(replacing: false)
        #expect(names == ["a"])
        #expect(try Data(contentsOf: URL(filePath: folder.path("a/u/v"))) == Data([1, 2]))
        #expect(FolderTree.byteCount(folder.path("a")) == 2)
    }

    @Test("What has the name stays unless it is to be replaced, and a value that is dropped leaves nothing")
    func replacing() throws {
        func make(_ byte: UInt8, _ replacing: Bool?) throws {
            let new = try AtomicFolder(path: folder.path("a"))
            _ = try new.write([byte].byteSpan, to: "x")
            if let replacing { try new.commit(replacing: replacing) }
        }
        try make(1, false)
        try make(2, nil)
        #expect(throws: SystemError.self) { try make(3, false) }
        #expect(try Data(contentsOf: URL(filePath: folder.path("a/x"))) == Data([1]))
        try make(4, true)
        #expect(try Data(contentsOf: URL(filePath: folder.path("a/x"))) == Data([4]))
        #expect(names == ["a"])
    }

    @Test("A name that is a link is replaced, and what it led to stays")
    func link() throws {
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder.path("kept"), withIntermediateDirectories: false)
        try Data([7]).write(to: URL(filePath: folder.path("kept/x")))
        try manager.createSymbolicLink(atPath: folder.path("a"), withDestinationPath: "kept")
        let new = try AtomicFolder(path: folder.path("a"))
        _ = try new.write([1].byteSpan, to: "y")
        try new.commit(replacing: true)
        #expect(try Data(contentsOf: URL(filePath: folder.path("kept/x"))) == Data([7]))
        #expect(FileStatus.exists(folder.path("a/y")))
    }

    @Test(
        "No name, and a folder that is not there, are errors before anything is written",
        arguments: [".", "..", "a/.", "no/b"])
    func refused(_ name: String) {
        #expect(throws: SystemError.self) { _ = try AtomicFolder(path: folder.path(name)) }
        #expect(names.isEmpty)
    }
}
