import ByteCoding
public import PlanarGeometry
import Synchronization
public import SystemIO

/// Reads a PMTiles 3 archive from a mapped file.
///
/// Header, root directory and metadata are read when it is opened; leaf directories when they are first needed, and a
/// bounded number of them is kept. Every offset is checked before use: a damaged archive throws.
public final class PMTilesReader: TileArchiveReader {
    public let header: PMTilesHeader
    public let metadata: TilesetMetadata
    private let file: MappedFile
    private let root: PMTilesDirectory
    private let leaves = Mutex(LeafCache())

    /// Root, and leaves up to this number of levels below; the format's text discourages more than one.
    private static let depthLimit = 4
    /// Unpacked bytes of a directory or of the metadata; far above what any writer makes, so that a few bytes cannot fill
    /// the memory.
    private static let unpackedLimit = 1 << 26

    public convenience init(path: String) throws { try self.init(MappedFile(path: path)) }

    public init(_ file: MappedFile) throws {
        let header = try PMTilesHeader(decoding: file.bytes, path: file.path)
        self.file = file
        self.header = header
        let rootBytes = try PMTilesReader.unpacked(header.root, "root directory", file, header)
        do throws(PMTilesDirectory.Fault) {
            root = try PMTilesDirectory(decoding: rootBytes.byteSpan)
        } catch {
            throw PMTilesReader.damaged(file, "root directory", header.root.offset, error.reason)
        }
        var metadata = header.tilesetMetadata
        if header.metadata.length > 0 {
            let bytes = try PMTilesReader.unpacked(header.metadata, "metadata", file, header)
            do throws(TileArchiveError) {
                metadata = try TilesetMetadata(parsing: bytes.byteSpan, defaults: metadata)
            } catch {
                throw PMTilesReader.damaged(file, "metadata", header.metadata.offset, error.description)
            }
            // The header decides about what it holds itself.
            let stated = header.tilesetMetadata
            (metadata.minZoom, metadata.maxZoom) = (stated.minZoom, stated.maxZoom)
            (metadata.bounds, metadata.center) = (stated.bounds, stated.center)
            if stated.format != .unknown { metadata.format = stated.format }
        }
        self.metadata = metadata
    }

    public func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
        let tileID = PMTilesTileID.id(coordinate)
        guard var entry = root.find(tileID) else { return nil }
        var depth = 0
        while entry.isLeaf {
            depth += 1
            guard depth < PMTilesReader.depthLimit else {
                throw TileArchiveError.directoriesTooDeep(path: file.path, limit: PMTilesReader.depthLimit)
            }
            guard let next = try leaf(entry).find(tileID) else { return nil }
            entry = next
        }
        return try tile(entry)
    }

    /// As the header says; 0 there means that nobody counted.
    public func counts() throws -> TileArchiveCounts {
        func count(_ number: UInt64) -> Int? { number == 0 ? nil : Int(clamping: number) }
        return TileArchiveCounts(
            addressedTiles: count(header.addressedTiles), entries: count(header.entries),
            contents: count(header.contents))
    }

    public func forEachRun(
        _ body: (_ first: TileCoordinate, _ count: Int, EncodedTile) throws -> Void
    ) throws {
        try forEachRawEntry { entry, first in
            let tile = try tile(entry)
            // A writer may let a run go on into the next zoom; the pieces are handed out zoom by zoom.
            var start = first
            var rest = UInt64(entry.runLength)
            while rest > 0 {
                let inZoom = min(rest, 1 << (2 * UInt64(start.zoom)) - start.hilbertIndex)
                try body(start, Int(inZoom), tile)
                rest -= inZoom
                guard rest > 0, let next = TileCoordinate(zoom: start.zoom + 1, x: 0, y: 0) else { break }
                start = next
            }
        }
    }

    /// Calls `body` for every tile entry, with the zooms of its first and last tile.
    func forEachEntry(_ body: (PMTilesEntry, _ first: UInt8, _ last: UInt8) throws -> Void) throws {
        try forEachRawEntry { entry, first in
            _ = try tile(entry)
            try body(entry, first.zoom, PMTilesTileID.zoom(entry.end - 1))
        }
    }

    private func forEachRawEntry(_ body: (PMTilesEntry, TileCoordinate) throws -> Void) throws {
        var nextID: UInt64 = 0
        try walk(root, depth: 0, &nextID, body)
    }

    /// Hands out a directory's tiles and those below it. Ids must ascend over the whole walk, so every step is progress,
    /// and directories that lead to one another end it with an error.
    private func walk(
        _ directory: PMTilesDirectory, depth: Int, _ nextID: inout UInt64,
        _ body: (PMTilesEntry, TileCoordinate) throws -> Void
    ) throws {
        for entry in directory.entries {
            guard entry.tileID >= nextID, let first = PMTilesTileID.coordinate(entry.tileID) else {
                throw PMTilesReader.damaged(
                    file, "directory", header.root.offset, "tile id \(entry.tileID) comes after \(nextID)")
            }
            if entry.isLeaf {
                guard depth + 1 < PMTilesReader.depthLimit else {
                    throw TileArchiveError.directoriesTooDeep(path: file.path, limit: PMTilesReader.depthLimit)
                }
                let before = nextID
                try walk(try leaf(entry), depth: depth + 1, &nextID, body)
                guard nextID > before else {
                    throw PMTilesReader.damaged(file, "leaf directory", leafOffset(entry), "it has no entries")
                }
                continue
            }
            nextID = entry.end
            try body(entry, first)
        }
    }

    private func tile(_ entry: PMTilesEntry) throws -> EncodedTile {
        let range = try range(entry.offset, UInt64(entry.length), in: header.tileData, "tile")
        return EncodedTile(bytes: file.array(range), stated: header.tileCompression)
    }

    private func leafOffset(_ entry: PMTilesEntry) -> UInt64 { header.leaves.offset &+ entry.offset }

    private func leaf(_ entry: PMTilesEntry) throws -> PMTilesDirectory {
        if let known = leaves.withLock({ $0.find(entry.offset, entry.length) }) { return known }
        let range = try range(entry.offset, UInt64(entry.length), in: header.leaves, "leaf directory")
        let section = PMTilesHeader.Section(offset: UInt64(range.lowerBound), length: UInt64(range.count))
        let bytes = try PMTilesReader.unpacked(section, "leaf directory", file, header)
        let directory: PMTilesDirectory
        do throws(PMTilesDirectory.Fault) {
            directory = try PMTilesDirectory(decoding: bytes.byteSpan)
        } catch { throw PMTilesReader.damaged(file, "leaf directory", section.offset, error.reason) }
        leaves.withLock { $0.insert(directory, entry.offset, entry.length) }
        return directory
    }

    /// The place in the file of a part of a section, which the header's check has put inside the file.
    private func range(
        _ offset: UInt64, _ length: UInt64, in section: PMTilesHeader.Section, _ part: String
    ) throws -> Range<Int> {
        guard offset <= section.length, length <= section.length - offset else {
            throw PMTilesReader.damaged(
                file, part, section.offset,
                "\(length) bytes from \(offset) are outside its section of \(section.length)")
        }
        let start = Int(section.offset + offset)
        return start..<(start + Int(length))
    }

    private static func unpacked(
        _ section: PMTilesHeader.Section, _ part: String, _ file: MappedFile, _ header: PMTilesHeader
    ) throws -> [UInt8] {
        let bytes = file.bytes(Int(section.offset)..<Int(section.offset + section.length))
        switch header.internalCompression {
        case .none: return bytes.toArray()
        case .gzip:
            do throws(SystemError) {
                return try Decompressor().gzip(bytes, limit: unpackedLimit)
            } catch { throw damaged(file, part, section.offset, error.description) }
        case .unknown, .brotli, .zstd:
            throw TileArchiveError.compressionUnsupported(
                path: file.path, part: part, compression: header.internalCompression)
        }
    }

    private static func damaged(
        _ file: MappedFile, _ part: String, _ offset: UInt64, _ reason: String
    ) -> TileArchiveError {
        .damaged(path: file.path, part: part, offset: Int(clamping: offset), reason: reason)
    }
}

/// Leaf directories read lately, by their place; bounded by entries, because leaves differ in size.
private struct LeafCache {
    private struct Key: Hashable {
        var offset: UInt64
        var length: UInt32
    }

    private struct Slot {
        var directory: PMTilesDirectory
        var lastUse: UInt64
    }

    /// Entries of 24 bytes: 12 MiB.
    private static let entryLimit = 1 << 19

    private var slots: [Key: Slot] = [:]
    private var entryCount = 0
    private var clock: UInt64 = 0

    mutating func find(_ offset: UInt64, _ length: UInt32) -> PMTilesDirectory? {
        let key = Key(offset: offset, length: length)
        guard let index = slots.index(forKey: key) else { return nil }
        clock += 1
        slots.values[index].lastUse = clock
        return slots.values[index].directory
    }

    mutating func insert(_ directory: PMTilesDirectory, _ offset: UInt64, _ length: UInt32) {
        let key = Key(offset: offset, length: length)
        // Two threads may have read the same one.
        guard slots[key] == nil, directory.entries.count <= LeafCache.entryLimit else { return }
        while entryCount + directory.entries.count > LeafCache.entryLimit,
            let oldest = slots.min(by: { $0.value.lastUse < $1.value.lastUse })
        {
            entryCount -= oldest.value.directory.entries.count
            slots[oldest.key] = nil
        }
        clock += 1
        entryCount += directory.entries.count
        slots[key] = Slot(directory: directory, lastUse: clock)
    }
}
