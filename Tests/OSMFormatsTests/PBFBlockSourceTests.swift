import Foundation
import OSMModel
import Synchronization
import TestSupport
import Testing

@testable import OSMFormats

struct PBFBlockSourceTests {
    /// A file of `blocks` blocks with one node each, ids from 0.
    func file(blocks: Int, in folder: TemporaryFolder, then tail: [UInt8] = []) throws -> String {
        var sample = PBFSample()
        for block in 0..<blocks { sample.append(compressed: true) { $0.dense([Int64(block)], [0], [0]) } }
        let path = folder.path("many.osm.pbf")
        try Data(sample.bytes + tail).write(to: URL(filePath: path))
        return path
    }

    @Test(arguments: [1, 2, 5])
    func blocksComeInFileOrder(threads: Int) async throws {
        let folder = try TemporaryFolder()
        let content = try await readFile(file(blocks: 200, in: folder), threads: threads)
        #expect(content.elements.map(\.id.number) == Array(0..<200))
    }

    @Test(arguments: [1, 4])
    func whatComesBeforeAFaultIsHandedOn(threads: Int) async throws {
        let folder = try TemporaryFolder()
        let path = try file(blocks: 20, in: folder, then: [0, 0, 0])
        var ids: [Int64] = []
        await #expect(throws: OSMFormatError.self) {
            _ = try await readFile(path, threads: threads) { ids += $0.nodes.ids }
        }
        #expect(ids == Array(0..<20))
    }

    @Test func aSourceCanBeReadAgain() async throws {
        let folder = try TemporaryFolder()
        let source = try OSMFile.open(path: file(blocks: 3, in: folder))
        for _ in 0..<2 {
            var count = 0
            _ = try await source.readBlocks(threads: 2, transform: \.elementCount) { count += $0 }
            #expect(count == 3)
        }
    }

    @Test func progressGrowsToTheSizeOfTheFile() async throws {
        let folder = try TemporaryFolder()
        let path = try file(blocks: 30, in: folder)
        let size = try Data(contentsOf: URL(filePath: path)).count
        let seen = Seen()
        var source = try OSMFile.open(path: path)
        source.progress = { offset in seen.offsets.withLock { $0.append(offset) } }
        _ = try await source.readBlocks(threads: 2, transform: { _ in }, consume: { _ in })
        let offsets = seen.offsets.withLock { $0 }
        #expect(offsets == offsets.sorted() && offsets.last == size && offsets.count >= 30)
    }

    final class Seen: Sendable {
        let offsets = Mutex<[Int]>([])
    }

    @Test func errorsOfTheCallerPassThrough() async throws {
        struct Mine: Error {}
        let folder = try TemporaryFolder()
        let source = try OSMFile.open(path: file(blocks: 3, in: folder))
        await #expect(throws: Mine.self) {
            _ = try await source.readBlocks(threads: 2, transform: { _ in throw Mine() }, consume: { () in })
        }
        await #expect(throws: Mine.self) {
            _ = try await source.readBlocks(threads: 1, transform: { _ in }, consume: { _ in throw Mine() })
        }
    }
}
