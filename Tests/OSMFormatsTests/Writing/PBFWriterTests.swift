import ByteCoding
import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

struct PBFWriterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func placesOnWaysAreAnnounced() async throws {
        var header = OSMFileHeader()
        header.hasLocationsOnWays = true
        #expect(try await readFile(write([nodeBlock([1])], header: header)).header.hasLocationsOnWays)
    }

    private func write(
        _ blocks: [OSMBlock], header: OSMFileHeader = OSMFileHeader(), options: OSMWriterOptions = OSMWriterOptions()
    ) throws -> String {
        let path = folder.path("written.osm.pbf")
        var writer = try PBFWriter(path: path, header: header, options: options)
        for block in blocks { try writer.append(block) }
        try writer.finish()
        return path
    }

    @Test func headerKeepsBoundsAndReplicationState() async throws {
        let found = try await readFile(write([nodeBlock([1])], header: fullHeader()))
        #expect(found.header == fullHeader())
    }

    /// OSM PBF section 9 rule 1: sorting is announced only when it is true.
    @Test func sortingIsAnnouncedOnlyWhenPromised() throws {
        let name = Array("Sort.Type_then_ID".utf8)
        let plain = try WrittenPBF.unpackedBlobs(write([nodeBlock([2, 1])]))
        #expect(try WrittenPBF.bytes(5, in: plain[0].payload) == [])
        let sorted = try WrittenPBF.unpackedBlobs(
            write([nodeBlock([1, 2])], options: OSMWriterOptions(isSorted: true)))
        #expect(try WrittenPBF.bytes(5, in: sorted[0].payload) == [name])
    }

    /// OSM PBF section 9 rule 2: at most 8,000 entities a block.
    @Test func largeBlocksAreCutAtEightThousandElements() async throws {
        let path = try write([nodeBlock((1...17_000).map { $0 })])
        #expect(try WrittenPBF.unpackedBlobs(path).map(\.type) == ["OSMHeader", "OSMData", "OSMData", "OSMData"])
        #expect(try await readFile(path).elements.count == 17_000)
    }

    /// Blobs stay below the format's limit even when each element is huge.
    @Test func hugeElementsAreSpreadOverBlobs() async throws {
        var block = OSMBlock()
        for way in 0..<34 {
            block.ways.ids.append(Int64(way + 1))
            for node in 0..<60_000 { block.ways.references.append(Int64(node % 2 == 0 ? 1 : Int64.max / 2)) }
            block.ways.referenceEnds.append(UInt32(block.ways.references.count))
        }
        let path = try write([block])
        let blobs = try WrittenPBF.unpackedBlobs(path)
        #expect(blobs.count > 2)
        for blob in blobs { #expect(blob.payload.count <= 16 << 20) }
        #expect(try await readFile(path).elements == content(of: block))
    }

    /// OSM PBF section 9 rule 2: index 0 is the empty string, the most frequent strings come first.
    @Test func stringsAreOrderedByFrequency() throws {
        var block = OSMBlock()
        for text in ["rare", "common", "b", "a"] { block.strings.append(text.utf8) }
        for node in 0..<3 {
            block.nodes.ids.append(Int64(node))
            block.nodes.coordinates.append(GeoCoordinate(longitude: 0, latitude: 0))
        }
        block.nodes.tags.keys = [1, 1, 0]
        block.nodes.tags.values = [2, 1, 3]
        block.nodes.tags.ends = [1, 2, 3]
        let payload = try WrittenPBF.unpackedBlobs(write([block]))[1].payload
        let table = try WrittenPBF.bytes(1, in: WrittenPBF.bytes(1, in: payload)[0]).map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(table == ["", "common", "a", "b", "rare"])
    }

    /// OSM PBF section 9 rule 4: no metadata, no info.
    @Test func infoIsLeftOutWithoutMetadata() throws {
        let group = { (path: String) in
            try WrittenPBF.bytes(2, in: WrittenPBF.bytes(2, in: WrittenPBF.unpackedBlobs(path)[1].payload)[0])[0]
        }
        #expect(try WrittenPBF.bytes(5, in: group(write([nodeBlock([1, 2])]))).isEmpty)
        #expect(
            try WrittenPBF.bytes(10, in: group(write([nodeBlock([1, 2])]))).isEmpty, "untagged nodes need no tag field")
        let options = OSMWriterOptions(metadata: MadeUpMetadata())
        #expect(try WrittenPBF.bytes(5, in: group(write([nodeBlock([1, 2])], options: options))).count == 1)
    }
}
