import ByteCoding

/// One entry of a PMTiles directory.
struct PMTilesEntry: Equatable, Sendable {
    /// First tile id that it stands for.
    var tileID: UInt64
    /// From the start of the tile data; of a leaf directory, from the start of the leaf directories.
    var offset: UInt64
    var length: UInt32
    /// How many consecutive ids share the tile; 0 marks a leaf directory.
    var runLength: UInt32

    var isLeaf: Bool { runLength == 0 }

    /// The id behind the run; behind the first id of a leaf directory.
    var end: UInt64 { tileID + UInt64(max(runLength, 1)) }
}

/// A directory: entries in ascending order of tile ids, none overlapping the next.
///
/// Written as varints, column by column: the count; the ids, each as difference to the one before; the run lengths; the lengths;
/// the offsets, each plus one, or 0 where a tile starts at the end of the one before (PMTiles 3, "Directories").
struct PMTilesDirectory: Equatable, Sendable {
    var entries: [PMTilesEntry]

    init(entries: [PMTilesEntry]) { self.entries = entries }

    /// The entry that holds `tileID`, or the leaf directory to look into; `nil` if there is neither.
    func find(_ tileID: UInt64) -> PMTilesEntry? {
        // The last entry that starts at the id or before.
        var low = 0
        var high = entries.count
        while low < high {
            let middle = low + (high - low) / 2
            if entries[middle].tileID <= tileID { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let entry = entries[low - 1]
        return entry.isLeaf || tileID < entry.end ? entry : nil
    }

    static func encode(_ entries: ArraySlice<PMTilesEntry>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendVarint(entries.count)
        var previousID: UInt64 = 0
        for entry in entries {
            bytes.appendVarint(entry.tileID - previousID)
            previousID = entry.tileID
        }
        for entry in entries { bytes.appendVarint(UInt64(entry.runLength)) }
        for entry in entries { bytes.appendVarint(UInt64(entry.length)) }
        var end: UInt64?
        for entry in entries {
            bytes.appendVarint(entry.offset == end ? 0 : entry.offset + 1)
            end = entry.offset + UInt64(entry.length)
        }
        return bytes
    }

    /// What is wrong with a directory's bytes, in words.
    struct Fault: Error { var reason: String }

    /// Reads an unpacked directory. No entries at all is against the format but met in practice: an empty archive.
    init(decoding bytes: RawSpan) throws(Fault) {
        do {
            var cursor = ByteCursor(bytes)
            let stated = try cursor.varint()
            // Four varints of at least a byte each, so nothing larger can be true.
            guard stated <= UInt64(cursor.remaining / 4) else {
                throw Fault(reason: "\(stated) entries stated, which \(bytes.byteCount) bytes cannot hold")
            }
            let count = Int(stated)
            entries = [PMTilesEntry](
                repeating: PMTilesEntry(tileID: 0, offset: 0, length: 0, runLength: 0), count: count)
            try readIDs(&cursor)
            for index in 0..<count { entries[index].runLength = try PMTilesDirectory.uint32(&cursor, "run length") }
            for index in 0..<count { entries[index].length = try PMTilesDirectory.uint32(&cursor, "length") }
            try readOffsets(&cursor)
            try checkOrder()
        } catch let error as ByteCodingError {
            throw Fault(reason: error.description)
        } catch let fault as Fault {
            throw fault
        } catch { throw Fault(reason: "\(error)") }
    }

    private mutating func readIDs(_ cursor: inout ByteCursor) throws {
        var id: UInt64 = 0
        for index in entries.indices {
            let (sum, overflow) = id.addingReportingOverflow(try cursor.varint())
            guard !overflow, sum < PMTilesTileID.first(zoom: PMTilesTileID.maxZoom + 1) else {
                throw Fault(reason: "entry \(index) lies behind the last tile of zoom \(PMTilesTileID.maxZoom)")
            }
            id = sum
            entries[index].tileID = id
        }
    }

    private mutating func readOffsets(_ cursor: inout ByteCursor) throws {
        for index in entries.indices {
            let value = try cursor.varint()
            if value > 0 {
                entries[index].offset = value - 1
            } else if index > 0 {
                let previous = entries[index - 1]
                let (sum, overflow) = previous.offset.addingReportingOverflow(UInt64(previous.length))
                guard !overflow else { throw Fault(reason: "entry \(index) has an offset of more than 64 bits") }
                entries[index].offset = sum
            } else {
                throw Fault(reason: "the first entry has no offset")
            }
        }
    }

    private func checkOrder() throws {
        for index in entries.indices {
            let entry = entries[index]
            if entry.length == 0 { throw Fault(reason: "entry \(index) has length 0") }
            if index > 0, entry.tileID < entries[index - 1].end {
                throw Fault(reason: "entry \(index) starts inside or before the one in front of it")
            }
        }
        if let last = entries.last, last.end > PMTilesTileID.first(zoom: PMTilesTileID.maxZoom + 1) {
            throw Fault(reason: "the last run goes past zoom \(PMTilesTileID.maxZoom)")
        }
    }

    private static func uint32(_ cursor: inout ByteCursor, _ name: String) throws -> UInt32 {
        let value = try cursor.varint()
        guard let number = UInt32(exactly: value) else { throw Fault(reason: "a \(name) of \(value)") }
        return number
    }
}
