import ByteCoding
import SystemIO

/// Writes the header page, the sections of one segment, its table, and last the root page that makes it count.
struct SegmentWriter: ~Copyable {
    private var file: AtomicFile
    private var entries: [StoreFormat.SectionEntry] = []

    init(file: consuming AtomicFile) { self.file = file }

    mutating func begin() throws(SystemError) {
        try file.append(StoreFormat.headerPage())
        // Both root pages are empty until the segment is complete.
        try file.append([UInt8](repeating: 0, count: StoreFormat.dataOffset - StoreFormat.pageSize))
    }

    mutating func append(_ section: StoreSection, _ bytes: [UInt8]) throws(SystemError) {
        try append(section, bytes, [])
    }

    mutating func append(_ section: StoreSection, _ blobs: consuming GroupedBlobs.Writer) throws(SystemError) {
        let table = blobs.table()
        try append(section, table, blobs.content)
    }

    private mutating func append(_ section: StoreSection, _ head: [UInt8], _ rest: [UInt8]) throws(SystemError) {
        try file.pad(to: 8)
        entries.append(
            StoreFormat.SectionEntry(
                kind: section.rawValue, checksum: crc32(rest.byteSpan, after: crc32(head.byteSpan)),
                offset: UInt64(file.byteCount), length: UInt64(head.count + rest.count)))
        try file.append(head)
        try file.append(rest)
    }

    /// Returns the size of the file.
    consuming func finish(replacing: Bool) throws(SystemError) -> Int {
        try file.pad(to: 8)
        let table = StoreFormat.sectionTable(entries)
        let tableOffset = file.byteCount
        try file.append(table)
        let size = file.byteCount
        let root = StoreFormat.Root(
            generation: 1, fileLength: UInt64(size),
            segments: [
                StoreFormat.SegmentReference(
                    tableOffset: UInt64(tableOffset), tableLength: UInt32(table.count), checksum: crc32(table.byteSpan))
            ])
        try file.overwrite(StoreFormat.rootPage(root), at: StoreFormat.rootOffsets[0])
        try file.commit(replacing: replacing)
        return size
    }
}
