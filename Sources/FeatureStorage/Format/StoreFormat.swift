import ByteCoding
import SystemIO

/// The store file, all integers little-endian.
///
/// | offset | size | meaning |
/// |--:|--:|---|
/// | 0 | 4096 | header page: magic `TuileFS\n`, u32 format version, zeros, CRC-32 of the page before it in the last 4 bytes |
/// | 4096 | 4096 | root page A |
/// | 8192 | 4096 | root page B |
/// | 12288 | | segments, each 8-byte aligned: sections, then the section table |
///
/// Root page: magic `TuileRT\n`, u64 generation, u64 file length it covers, u32 number of segments, u32 zero, then for each
/// segment u64 offset and u32 length of its section table and u32 CRC-32 of that; CRC-32 of the page before it in the
/// last 4 bytes. The valid root with the higher generation counts. A commit appends a segment, syncs, then writes the other
/// root page, so one root is whole at every instant; readers keep the root they opened.
///
/// Section table: for each section u32 kind, u32 CRC-32 of its bytes, u64 offset, u64 length.
enum StoreFormat {
    /// 2: vertices have ranks.
    static let version: UInt32 = 2
    static let pageSize = 4096
    static let rootOffsets = [4096, 8192]
    static let dataOffset = 12288
    static let headerMagic = Array("TuileFS\n".utf8)
    static let rootMagic = Array("TuileRT\n".utf8)
    static let segmentEntrySize = 16
    static let rootFixedSize = 32

    struct SegmentReference: Equatable {
        var tableOffset: UInt64
        var tableLength: UInt32
        var checksum: UInt32
    }

    struct Root: Equatable {
        var generation: UInt64
        var fileLength: UInt64
        var segments: [SegmentReference]
    }

    struct SectionEntry: Equatable {
        var kind: UInt32
        var checksum: UInt32
        var offset: UInt64
        var length: UInt64
    }

    static func headerPage() -> [UInt8] {
        var page = headerMagic
        page.appendLittleEndian(version)
        return sealed(page)
    }

    static func rootPage(_ root: Root) -> [UInt8] {
        var page = rootMagic
        page.appendLittleEndian(root.generation)
        page.appendLittleEndian(root.fileLength)
        page.appendLittleEndian(UInt32(root.segments.count))
        page.appendLittleEndian(UInt32(0))
        for segment in root.segments {
            page.appendLittleEndian(segment.tableOffset)
            page.appendLittleEndian(segment.tableLength)
            page.appendLittleEndian(segment.checksum)
        }
        return sealed(page)
    }

    /// Fills a page with zeros and puts the checksum into its last four bytes.
    private static func sealed(_ content: [UInt8]) -> [UInt8] {
        precondition(content.count <= pageSize - 4, "page overflow")
        var page = content + [UInt8](repeating: 0, count: pageSize - 4 - content.count)
        page.appendLittleEndian(crc32(page.byteSpan))
        return page
    }

    /// Whether the page's checksum, in its last four bytes, is right.
    static func isSealed(_ page: RawSpan) -> Bool {
        guard page.byteCount == pageSize else { return false }
        var cursor = ByteCursor(page, at: pageSize - 4)
        guard let stored = try? cursor.uint32() else { return false }
        return stored == crc32(page.extracting(0..<(pageSize - 4)))
    }

    /// Reads a root page; `nil` when it is not whole.
    static func root(_ page: RawSpan) -> Root? {
        guard isSealed(page), page.extracting(0..<8).hasSameBytes(as: rootMagic.byteSpan) else { return nil }
        var cursor = ByteCursor(page, at: 8)
        do {
            var root = Root(generation: try cursor.uint64(), fileLength: try cursor.uint64(), segments: [])
            let count = Int(try cursor.uint32())
            _ = try cursor.uint32()
            guard count <= (pageSize - 4 - rootFixedSize) / segmentEntrySize else { return nil }
            for _ in 0..<count {
                root.segments.append(
                    SegmentReference(
                        tableOffset: try cursor.uint64(), tableLength: try cursor.uint32(),
                        checksum: try cursor.uint32()))
            }
            return root
        } catch { return nil }
    }

    static func sectionTable(_ entries: [SectionEntry]) -> [UInt8] {
        var bytes: [UInt8] = []
        for entry in entries {
            bytes.appendLittleEndian(entry.kind)
            bytes.appendLittleEndian(entry.checksum)
            bytes.appendLittleEndian(entry.offset)
            bytes.appendLittleEndian(entry.length)
        }
        return bytes
    }

    static func sectionEntries(_ table: RawSpan) throws(ByteCodingError) -> [SectionEntry] {
        var cursor = ByteCursor(table)
        var entries: [SectionEntry] = []
        while !cursor.isAtEnd {
            entries.append(
                SectionEntry(
                    kind: try cursor.uint32(), checksum: try cursor.uint32(), offset: try cursor.uint64(),
                    length: try cursor.uint64()))
        }
        return entries
    }
}

/// The sections of a segment.
public enum StoreSection: UInt32, CaseIterable, Sendable {
    case metadata = 1
    case strings = 2
    /// String numbers sorted by text, for looking up a text.
    case stringOrder = 3
    case tagSets = 4
    case features = 5
    case spatialIndex = 6
    case ids = 7
    /// Node ids of ways.
    case wayNodes = 8
    /// Members of relations.
    case members = 9
    /// What the import found odd.
    case problems = 10
    /// Of which relations each element is a member.
    case memberships = 11

    public var name: String {
        switch self {
        case .metadata: "metadata"
        case .strings: "strings"
        case .stringOrder: "string order"
        case .tagSets: "tag sets"
        case .features: "features"
        case .spatialIndex: "spatial index"
        case .ids: "ids"
        case .wayNodes: "way nodes"
        case .members: "relation members"
        case .problems: "problems"
        case .memberships: "memberships"
        }
    }

    /// Whether queries and tiles read it for every feature; the others serve updates, look-ups by reference and reports.
    public var isMappedByQueriesAndTiles: Bool {
        self != .wayNodes && self != .members && self != .problems && self != .memberships
    }
}
