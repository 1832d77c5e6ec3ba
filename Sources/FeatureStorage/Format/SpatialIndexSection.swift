import ByteCoding
import PlanarGeometry
import SpatialIndexing

/// One packed R-tree per band of lowest zooms.
///
/// Features are numbered band by band, along the Hilbert curve inside a band, so a band's tree needs no feature numbers. A
/// tile of zoom z asks the bands whose lowest zoom is at most z; a query asks all. Records that are stored in the turned frame
/// of the world are few and have one band, whose tree is in that frame.
///
/// Layout: u64 number of bands; for each u32 lowest zoom, with bit 31 set for the turned frame, u32 first feature, u64 offset of its
/// tree in the section, u64 length.
package enum SpatialIndexSection {
    static let bandEntrySize = 24
    /// The lowest zooms that bands begin at. 15 is for what the schema never shows.
    package static let lowestZooms: [UInt8] = [0, 5, 8, 10, 11, 12, 13, 14, 15]

    /// What a band is for.
    struct Content: Equatable, Sendable {
        var lowestZoom: UInt8
        var frame: WorldFrame
    }

    static let bands =
        lowestZooms.map { Content(lowestZoom: $0, frame: .standard) } + [Content(lowestZoom: 0, frame: .turned)]

    /// The band for features that show from `zoom` on.
    package static func band(forLowestZoom zoom: UInt8) -> Int {
        lowestZooms.lastIndex { $0 <= zoom } ?? 0
    }

    /// The band for a record with a box. Tiles need not come by what they show in pieces.
    static func band(of draft: FeatureDraft) -> Int {
        if draft.traits.contains(.isTurned) { return bands.count - 1 }
        return band(forLowestZoom: draft.traits.contains(.isDrawnInPieces) ? 15 : draft.lowestZoom)
    }

    private static let turnedBit: UInt32 = 1 << 31

    struct Band: Equatable, Sendable {
        var lowestZoom: UInt8
        var frame: WorldFrame
        var firstFeature: Int
        /// Bytes of the tree within the section.
        var range: Range<Int>
        var featureCount: Int
    }

    static func encode(_ trees: [(content: Content, firstFeature: Int, bytes: [UInt8])]) -> [UInt8] {
        var head: [UInt8] = []
        var content: [UInt8] = []
        head.appendLittleEndian(UInt64(trees.count))
        for tree in trees {
            let frameBit = tree.content.frame == .turned ? turnedBit : 0
            head.appendLittleEndian(UInt32(tree.content.lowestZoom) | frameBit)
            head.appendLittleEndian(UInt32(tree.firstFeature))
            head.appendLittleEndian(UInt64(8 + trees.count * bandEntrySize + content.count))
            head.appendLittleEndian(UInt64(tree.bytes.count))
            content.append(contentsOf: tree.bytes)
            content.append(contentsOf: repeatElement(0, count: (8 - content.count % 8) % 8))
        }
        return head + content
    }

    static func decode(_ bytes: RawSpan) throws -> [Band] {
        var cursor = ByteCursor(bytes)
        let count = try cursor.uint64()
        guard count <= 64 else { throw ByteCodingError.truncated(offset: 0, count: 8, available: 0) }
        var bands: [Band] = []
        for _ in 0..<count {
            let word = try cursor.uint32()
            let lowestZoom = word & ~turnedBit
            let firstFeature = try cursor.uint32()
            let offset = try cursor.uint64()
            let length = try cursor.uint64()
            guard lowestZoom <= 32, offset <= UInt64(bytes.byteCount), length <= UInt64(bytes.byteCount) - offset else {
                throw ByteCodingError.truncated(offset: cursor.offset, count: 0, available: bytes.byteCount)
            }
            let range = Int(offset)..<Int(offset + length)
            let tree = try PackedRTree(bytes.extracting(range))
            bands.append(
                Band(
                    lowestZoom: UInt8(lowestZoom), frame: word & turnedBit == 0 ? .standard : .turned,
                    firstFeature: Int(firstFeature), range: range,
                    featureCount: tree.entryCount))
        }
        return bands
    }
}
