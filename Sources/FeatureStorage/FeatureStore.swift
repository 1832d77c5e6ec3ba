import ByteCoding
import OSMModel
import PlanarGeometry
import SpatialIndexing
import SystemIO

/// An imported file, mapped and read on demand. Shared freely between threads; nothing in it changes.
///
/// Opening checks the header, the root page, the section table and that every section lies inside the file; the rest
/// is checked as it is read. Damage gives an error or a wrong value, never a read outside the file.
public final class FeatureStore: Sendable {
    public let path: String
    public let metadata: StoreMetadata
    public let byteCount: Int
    let file: MappedFile
    let ranges: [StoreSection: Range<Int>]
    /// The same by the section's raw value: every read of a record asks, and hashing would be a third of it.
    private let rangeOfSection: [Range<Int>]
    let checksums: [StoreSection: UInt32]
    /// Where the section table lies.
    private let table: Range<Int>
    let bands: [SpatialIndexSection.Band]
    /// Layout of the blob sections, read once.
    let featureBlobs: BlobLayout
    let setBlobs: BlobLayout
    let stringBlobs: BlobLayout

    /// Number of stored records: features, parts and derived lines.
    public var recordCount: Int { featureBlobs.count }

    public init(path: String) throws {
        let file = try MappedFile(path: path)
        let root = try FeatureStore.readRoot(file)
        let (ranges, checksums, table) = try FeatureStore.readSections(file, root)
        func read<Value>(_ section: StoreSection, _ body: (RawSpan) throws -> Value) throws -> Value {
            guard let range = ranges[section] else {
                throw FeatureStoreError.missingSection(path: path, section: section)
            }
            do { return try body(file.bytes.extracting(range)) } catch {
                throw FeatureStoreError.damaged(path: path, section: section, reason: "\(error)")
            }
        }
        for section in StoreSection.allCases { try read(section) { _ in } }
        metadata = try read(.metadata) { try StoreMetadata(decoding: $0) }
        bands = try read(.spatialIndex) { try SpatialIndexSection.decode($0) }
        featureBlobs = try read(.features) {
            try BlobLayout($0, groupHeaderSize: FeatureRecord.groupHeaderSize)
        }
        setBlobs = try read(.tagSets) { try BlobLayout($0) }
        stringBlobs = try read(.strings) { try BlobLayout($0) }
        self.path = path
        byteCount = file.byteCount
        self.file = file
        self.ranges = ranges
        let last = StoreSection.allCases.map(\.rawValue).max() ?? 0
        rangeOfSection = (0...last).map { StoreSection(rawValue: $0).flatMap { ranges[$0] } ?? 0..<0 }
        self.checksums = checksums
        self.table = table
    }

    private static func readRoot(_ file: MappedFile) throws(FeatureStoreError) -> StoreFormat.Root {
        let path = file.path
        let magic = StoreFormat.headerMagic
        guard file.byteCount >= 8, file.bytes.extracting(0..<8).hasSameBytes(as: magic.byteSpan) else {
            throw .notAStore(path: path)
        }
        guard file.byteCount >= StoreFormat.dataOffset else {
            throw .noRoot(path: path, reason: "it ends after \(file.byteCount) bytes")
        }
        let header = file.bytes.extracting(0..<StoreFormat.pageSize)
        guard StoreFormat.isSealed(header) else {
            throw .noRoot(path: path, reason: "the header page's checksum is wrong")
        }
        var cursor = ByteCursor(header, at: 8)
        let version = (try? cursor.uint32()) ?? 0
        guard version == StoreFormat.version else {
            throw .unsupportedVersion(path: path, found: version, supported: StoreFormat.version)
        }
        var best: StoreFormat.Root?
        for offset in StoreFormat.rootOffsets {
            guard let root = StoreFormat.root(file.bytes.extracting(offset..<(offset + StoreFormat.pageSize))) else {
                continue
            }
            if best == nil || root.generation > best?.generation ?? 0 { best = root }
        }
        guard let best else { throw .noRoot(path: path, reason: "neither root page is whole") }
        guard best.fileLength <= UInt64(file.byteCount) else {
            throw .noRoot(path: path, reason: "it has \(file.byteCount) of \(best.fileLength) bytes")
        }
        return best
    }

    private static func readSections(
        _ file: MappedFile, _ root: StoreFormat.Root
    ) throws(FeatureStoreError) -> ([StoreSection: Range<Int>], [StoreSection: UInt32], table: Range<Int>) {
        let path = file.path
        var ranges: [StoreSection: Range<Int>] = [:]
        var checksums: [StoreSection: UInt32] = [:]
        var tableRange = 0..<0
        guard root.segments.count == 1 else {
            throw .noRoot(path: path, reason: "it has \(root.segments.count) segments, this program reads one")
        }
        for segment in root.segments {
            guard segment.tableOffset <= root.fileLength,
                UInt64(segment.tableLength) <= root.fileLength - segment.tableOffset
            else { throw .noRoot(path: path, reason: "the section table lies outside the file") }
            tableRange = Int(segment.tableOffset)..<Int(segment.tableOffset) + Int(segment.tableLength)
            let table = file.bytes.extracting(tableRange)
            guard crc32(table) == segment.checksum, let entries = try? StoreFormat.sectionEntries(table) else {
                throw .noRoot(path: path, reason: "the section table's checksum is wrong")
            }
            for entry in entries {
                // Sections of later formats are passed over.
                guard let section = StoreSection(rawValue: entry.kind) else { continue }
                guard entry.offset <= root.fileLength, entry.length <= root.fileLength - entry.offset else {
                    throw .damaged(path: path, section: section, reason: "it lies outside the file")
                }
                ranges[section] = Int(entry.offset)..<Int(entry.offset + entry.length)
                checksums[section] = entry.checksum
            }
        }
        return (ranges, checksums, tableRange)
    }

    /// The bytes of a section; the initialiser made sure that each is there.
    @_lifetime(borrow self)
    func bytes(_ section: StoreSection) -> RawSpan {
        // Safe: `file` lives and stays mapped as long as self, and opening made sure that the range is inside.
        let part = unsafe UnsafeRawBufferPointer(rebasing: file.memory[rangeOfSection[Int(section.rawValue)]])
        return unsafe _overrideLifetime(part.bytes, borrowing: self)
    }

    /// What reading a record threw, with the file and section that it was in.
    public func damagedFeatures(_ error: any Error) -> FeatureStoreError { damaged(.features, error) }

    func damaged(_ section: StoreSection, _ error: any Error) -> FeatureStoreError {
        .damaged(path: path, section: section, reason: "\(error)")
    }

    /// Length of each section, in file order.
    public var sectionSizes: [(section: StoreSection, byteCount: Int)] {
        ranges.sorted { $0.value.lowerBound < $1.value.lowerBound }.map { ($0.key, $0.value.count) }
    }

    /// Compares every section with its checksum, and the rest of the file with what it must be; returns what is wrong.
    public func verify() -> [FeatureStoreError] {
        var faults: [FeatureStoreError] = []
        for section in StoreSection.allCases {
            if crc32(bytes(section)) != checksums[section] {
                faults.append(.damaged(path: path, section: section, reason: "its checksum is wrong"))
            }
        }
        if let reason = paddingFault() { faults.append(.noRoot(path: path, reason: reason)) }
        return faults
    }

    /// Bytes that belong to nothing must be zero, and the other root page empty or whole, so that every flipped bit shows.
    private func paddingFault() -> String? {
        let file = file
        for offset in StoreFormat.rootOffsets {
            let page = file.bytes.extracting(offset..<(offset + StoreFormat.pageSize))
            if StoreFormat.root(page) == nil, !page.isAllZero { return "a root page is damaged" }
        }
        var end = StoreFormat.dataOffset
        for range in (ranges.values + [table]).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if range.lowerBound > end, !file.bytes.extracting(end..<range.lowerBound).isAllZero {
                return "bytes between sections are not zero"
            }
            end = max(end, range.upperBound)
        }
        if file.byteCount > end { return "\(file.byteCount - end) bytes follow its end" }
        return nil
    }
}

/// Where the blobs of a section are, so that a reader can be made without reading the table again.
struct BlobLayout: Sendable {
    let count: Int
    let groupHeaderSize: Int

    init(_ bytes: RawSpan, groupHeaderSize: Int = 0) throws(ByteCodingError) {
        count = try GroupedBlobs.Reader(bytes, groupHeaderSize: groupHeaderSize).count
        self.groupHeaderSize = groupHeaderSize
    }

    @_lifetime(copy bytes)
    func reader(_ bytes: RawSpan) -> GroupedBlobs.Reader {
        GroupedBlobs.Reader(bytes, groupHeaderSize: groupHeaderSize, checkedCount: count)
    }
}

extension RawSpan {
    var isAllZero: Bool {
        for index in 0..<byteCount where unsafe unsafeLoad(fromUncheckedByteOffset: index, as: UInt8.self) != 0 {
            return false
        }
        return true
    }
}
