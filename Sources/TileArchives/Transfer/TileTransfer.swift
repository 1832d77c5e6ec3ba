public import PlanarGeometry

/// Copies tiles from archives into another one, of any format.
public struct TileTransfer: Sendable {
    public var selection = TileSelection()
    /// Told of tiles written, from time to time.
    public var progress: (@Sendable (_ tiles: Int) -> Void)?

    public init() {}

    /// Copies the chosen tiles of one archive. Runs stay runs; nothing is held but what the reader and writer hold.
    public func copy(_ reader: any TileArchiveReader, into writer: inout some TileArchiveWriter & ~Copyable) throws {
        var repacking = TileRepacking(reader.metadata.format)
        var written = 0
        try reader.forEachRun { first, count, tile in
            try selection.forEachPart(of: first, count: count) { first, count in
                try writer.write(try TileTransfer.packed(tile, &repacking, at: first), from: first, count: count)
                written += count
            }
            progress?(written)
        }
    }

    /// Puts archives over each other: of several with a tile the last has its way. Memory: 24 bytes a run.
    public func merge(_ readers: [any TileArchiveReader], into writer: inout some TileArchiveWriter & ~Copyable) throws
    {
        let formats = Set(readers.map(\.metadata.format))
        guard let format = formats.first, formats.count == 1 else {
            throw TileTransferError.formatsDiffer(formats.map(\.mediaType).sorted())
        }
        var repacking = TileRepacking(format)
        var written = 0
        for piece in try pieces(readers) {
            guard let first = PMTilesTileID.coordinate(piece.start),
                let tile = try readers[piece.reader].tile(at: first)
            else { continue }
            try writer.write(
                try TileTransfer.packed(tile, &repacking, at: first), from: first, count: Int(piece.end - piece.start))
            written += Int(piece.end - piece.start)
            progress?(written)
        }
    }

    private static func packed(
        _ tile: EncodedTile, _ repacking: inout TileRepacking, at place: TileCoordinate
    ) throws -> EncodedTile {
        do { return try repacking.repacked(tile) } catch TileRepackingError.unsupported(let compression) {
            throw TileTransferError.compressionUnsupported(place, compression)
        }
    }

    /// A stretch of tile ids of one zoom with the same tile, and who has it.
    private struct Piece {
        var start: UInt64
        var end: UInt64
        var reader: Int
    }

    /// What is left of each archive's runs once later ones lie over them, by ascending ids.
    private func pieces(_ readers: [any TileArchiveReader]) throws -> [Piece] {
        var merged: [Piece] = []
        for (number, reader) in readers.enumerated() {
            var own: [Piece] = []
            try reader.forEachRun { first, count, _ in
                selection.forEachPart(of: first, count: count) { first, count in
                    let start = PMTilesTileID.id(first)
                    own.append(Piece(start: start, end: start + UInt64(count), reader: number))
                }
            }
            merged = TileTransfer.lay(own, over: merged)
        }
        return merged
    }

    /// Both ascend and do not overlap among themselves; linear.
    private static func lay(_ upper: [Piece], over lower: [Piece]) -> [Piece] {
        var result: [Piece] = []
        result.reserveCapacity(upper.count + lower.count)
        var next = 0
        for piece in lower {
            var rest = piece
            while next < upper.count, upper[next].end <= rest.start {
                result.append(upper[next])
                next += 1
            }
            while next < upper.count, upper[next].start < rest.end {
                if upper[next].start > rest.start {
                    result.append(Piece(start: rest.start, end: upper[next].start, reader: rest.reader))
                }
                if upper[next].end >= rest.end {
                    // Goes on beyond this piece, and may cover the next ones too.
                    rest.start = rest.end
                    break
                }
                rest.start = upper[next].end
                result.append(upper[next])
                next += 1
            }
            if rest.start < rest.end { result.append(rest) }
        }
        result += upper[next...]
        return result
    }
}

/// Archives that cannot be put together or copied.
public enum TileTransferError: Error, Equatable, Sendable {
    case formatsDiffer([String])
    case compressionUnsupported(TileCoordinate, TileCompression)
}

extension TileTransferError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .formatsDiffer(let formats): "archives of different kinds of tiles: \(formats.joined(separator: ", "))"
        case .compressionUnsupported(let place, let compression):
            "tile \(place) is packed with \(compression); only gzip and unpacked ones can be copied"
        }
    }
}
