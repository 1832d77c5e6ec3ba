import ByteCoding
import SystemIO

/// Tiles in the packing that an archive of our own has: vector tiles with gzip, pictures as they are.
struct TileRepacking {
    private let compressor = Compressor(level: 6)
    private let decompressor = Decompressor()
    private let packs: Bool
    /// What equal neighbours were made of, for tiles of open sea come by the thousand.
    private var last: (source: EncodedTile, result: EncodedTile)?

    /// A tile unpacks to at most this many bytes; far above what any client takes.
    private static let limit = 1 << 28

    init(_ format: TileFormat) {
        packs = format == .vector || format == .mapLibre || format == .unknown
    }

    mutating func repacked(_ tile: EncodedTile) throws -> EncodedTile {
        switch tile.compression {
        case .gzip where packs: return tile
        case .none where !packs: return tile
        case .unknown where !packs: return tile
        default: break
        }
        if let last, last.source == tile { return last.result }
        let plain = try unpacked(tile)
        var result = EncodedTile(bytes: plain, compression: .none)
        if packs { result = EncodedTile(bytes: compressor.gzip(plain.byteSpan), compression: .gzip) }
        last = (tile, result)
        return result
    }

    private func unpacked(_ tile: EncodedTile) throws -> [UInt8] {
        switch tile.compression {
        case .gzip: try decompressor.gzip(tile.bytes.byteSpan, limit: TileRepacking.limit)
        case .none, .unknown: tile.bytes
        case .brotli, .zstd: throw TileRepackingError.unsupported(tile.compression)
        }
    }
}

enum TileRepackingError: Error {
    case unsupported(TileCompression)
}
