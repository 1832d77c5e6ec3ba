import ByteCoding
import SpatialIndexing

/// One packed R-tree per band of lowest zooms.
///
/// Features are numbered band by band, along the Hilbert curve inside a band, so a band's tree needs no feature numbers. A
/// tile of zoom z asks the bands whose lowest zoom is at most z; a query asks all.
///
/// Layout: u64 number of bands; for each u32 lowest zoom, u32 first feature, u64 offset of its tree in the section, u64 length.
package enum SpatialIndexSection {
    static let bandEntrySize = 24
    /// The lowest zooms that bands begin at. 15 is for what the schema never shows.
    package static let lowestZooms: [UInt8] = [0, 5, 8, 10, 11, 12, 13, 14, 15]

    /// The band for features that show from `zoom` on.
    package static func band(forLowestZoom zoom: UInt8) -> Int {
        lowestZooms.lastIndex { $0 <= zoom } ?? 0
    }

    struct Band: Equatable, Sendable {
        var lowestZoom: UInt8
        var firstFeature: Int
        /// Bytes of the tree within the section.
        var range: Range<Int>
        var featureCount: Int
    }

    static func encode(_ trees: [(lowestZoom: UInt8, firstFeature: Int, bytes: [UInt8])]) -> [UInt8] {
        var head: [UInt8] = []
        var content: [UInt8] = []
        head.appendLittleEndian(UInt64(trees.count))
        for tree in trees {
            head.appendLittleEndian(UInt32(tree.lowestZoom))
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
            let lowestZoom = try cursor.uint32()
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
                    lowestZoom: UInt8(lowestZoom), firstFeature: Int(firstFeature), range: range,
                    featureCount: tree.entryCount))
        }
        return bands
    }
}
