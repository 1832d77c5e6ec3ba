import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import SystemIO
import TestSupport
import Testing

@Suite("Writing a store")
struct FeatureStoreWriterTests {
    static let content = MadeUpStore.content(StoreDamageTests.features())

    @Test("Without replacing, a file that is there stays as it is")
    func keepsExisting() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        try Data("mine".utf8).write(to: URL(filePath: path))
        #expect(throws: SystemError.self) {
            try FeatureStoreWriter.write(Self.content, to: path, replacing: false)
        }
        #expect(try contents(path) == Array("mine".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["store"])
    }

    @Test("A failure leaves what was there, and nothing else")
    func failure() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("store")
        // A folder that is not empty cannot be replaced by a file.
        try FileManager.default.createDirectory(atPath: path + "/inner", withIntermediateDirectories: true)
        #expect(throws: SystemError.self) {
            try FeatureStoreWriter.write(Self.content, to: path, replacing: true)
        }
        #expect(FileManager.default.fileExists(atPath: path + "/inner"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["store"])
    }

    @Test("Replacing leaves readers of the old store with the old one")
    func replaces() throws {
        let folder = try TemporaryFolder()
        let old = try MadeUpStore.store([MadeUpFeature(element: ElementID(.node, 1), tags: [("a", "b")])], in: folder)
        let size = try FeatureStoreWriter.write(Self.content, to: old.path, replacing: true)
        let new = try FeatureStore(path: old.path)
        #expect(old.recordCount == 1)
        #expect(old.verify() == [])
        // Some of them go around the world, and have a record of pieces more.
        let features = try (0..<new.recordCount).count { try new.feature($0).role == .feature }
        #expect(features == StoreDamageTests.features().count)
        #expect(new.byteCount == size)
    }

    @Test("An empty store can be opened, asked and verified")
    func empty() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store([], in: folder)
        #expect(store.recordCount == 0)
        #expect(store.verify() == [])
        #expect(store.metadata.southWest == nil)
        #expect(try store.featureNumber(of: ElementID(.node, 1)) == nil)
        StoreDamageTests.readEverything(store)
    }

    @Test("Metadata comes back")
    func metadata() throws {
        var content = Self.content
        content.metadata.sourceHash = "abc"
        content.metadata.sourceByteCount = 12
        content.metadata.sourceName = "ä,=\n.osm.pbf"
        content.metadata.dataTimestamp = -5
        content.metadata.replicationSequence = 7
        content.metadata.replicationBaseURL = "https://example.org/"
        content.metadata.schemaHash = "def"
        content.metadata.programVersion = "1"
        let folder = try TemporaryFolder()
        try FeatureStoreWriter.write(content, to: folder.path("s"), replacing: false)
        var found = try FeatureStore(path: folder.path("s")).metadata
        #expect(found.nodeCount + found.wayCount + found.relationCount == StoreDamageTests.features().count)
        found.southWest = nil
        found.northEast = nil
        found.nodeCount = 0
        found.wayCount = 0
        found.relationCount = 0
        #expect(found == content.metadata)
    }

    @Test("What is no store is refused by name")
    func noStore() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("x")
        try Data("OSM".utf8).write(to: URL(filePath: path))
        #expect(throws: FeatureStoreError.notAStore(path: path)) { try FeatureStore(path: path) }
        #expect(throws: SystemError.self) { try FeatureStore(path: folder.path("absent")) }
    }
}
