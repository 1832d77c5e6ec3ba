import ByteCoding
import HTTPTypes
import Hummingbird
import PlanarGeometry
import SystemIO
import TileArchives

/// Answers for single tiles.
///
/// | asked for | status |
/// |---|---|
/// | z, x or y is no plain decimal number, or x or y is not below 2^z | 400 |
/// | unknown source; zoom or tile outside what the source says it has | 404 |
/// | nothing there | 204, no body |
/// | the client has it | 304, known without making the tile |
/// | the source's tiles are packed in a way that cannot be unpacked here | 501 |
/// | workers and queue are full | 503 with Retry-After |
struct TileRoute: Sendable {
    /// A packed tile may not unpack to more; a bound against archives made to fill memory.
    static let unpackedByteLimit = 64 << 20

    let catalog: SourceCatalog
    let workshop: TileWorkshop
    let cacheControl: String

    func response(to request: Request, source name: String, zoom: String, x: String, y: String) async throws -> Response
    {
        guard let entry = catalog[name] else { throw Problem.notFound("there is no source of this name") }
        let tile = try Self.coordinate(zoom: zoom, x: x, y: y)
        guard let tile, entry.coverage.contains(tile) else {
            throw Problem.notFound("the tile lies outside the zooms or the bounds of the source")
        }
        let encoding = entry.packs ? ContentEncoding(accepting: request.headers[.acceptEncoding]) : .identity
        let tag = Self.tag(entry, tile, encoding)
        let notModified = ResponseRules.notModified(tag, cacheControl: cacheControl, varies: entry.packs)
        let condition = IfNoneMatch(request.headers[.ifNoneMatch])
        if condition.names(tag) { return notModified }
        var headers: HTTPFields = [.cacheControl: cacheControl]
        if entry.packs { headers[.vary] = "Accept-Encoding" }
        if let name = HTTPField.Name.provenance { headers[name] = entry.provenance }
        guard let bytes = try await bytes(entry, tile, encoding) else {
            return Response(status: .noContent, headers: headers)
        }
        if condition == .any { return notModified }
        headers[.contentType] = entry.metadata.format.mediaType
        headers[.eTag] = tag.headerValue
        if encoding == .gzip { headers[.contentEncoding] = "gzip" }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    /// Version, place and packing decide the bytes, so they are the tag.
    static func tag(_ entry: SourceCatalog.Entry, _ tile: TileCoordinate, _ encoding: ContentEncoding) -> EntityTag {
        EntityTag(opaque: "\(entry.versionTag)/\(tile)\(encoding == .gzip ? "-gzip" : "")")
    }

    private func bytes(
        _ entry: SourceCatalog.Entry, _ tile: TileCoordinate, _ encoding: ContentEncoding
    ) async throws -> ByteBuffer? {
        let plainKey = TileWorkshop.Key(source: entry.index, tile: tile, encoding: .identity)
        do {
            guard entry.packs else {
                return try await workshop.bytes(for: plainKey) { try Self.plain(entry.source.tile(at: tile)) }
            }
            let packedKey = TileWorkshop.Key(source: entry.index, tile: tile, encoding: .gzip)
            let packed = try await workshop.bytes(for: packedKey) { try Self.packed(entry.source.tile(at: tile)) }
            guard encoding == .identity, let packed else { return packed }
            // Unpacking the packed form, and not asking the source again, keeps "made once" true for both forms.
            return try await workshop.bytes(for: plainKey) {
                try Self.unpacked(Array(packed.readableBytesView)).map { ByteBuffer(bytes: $0) }
            }
        } catch is TileWorkshop.Overloaded {
            throw Problem.overloaded
        }
    }

    private static func packed(_ tile: EncodedTile?) throws -> ByteBuffer? {
        guard let tile, let packing = try packing(of: tile) else { return nil }
        switch packing {
        case .gzip: return ByteBuffer(bytes: tile.bytes)
        case .identity: return ByteBuffer(bytes: Compressor().gzip(tile.bytes.byteSpan))
        }
    }

    private static func plain(_ tile: EncodedTile?) throws -> ByteBuffer? {
        guard let tile, let packing = try packing(of: tile) else { return nil }
        switch packing {
        case .gzip: return try unpacked(tile.bytes).map { ByteBuffer(bytes: $0) }
        case .identity: return ByteBuffer(bytes: tile.bytes)
        }
    }

    /// `nil` for a tile without content.
    private static func packing(of tile: EncodedTile) throws(Problem) -> ContentEncoding? {
        if tile.bytes.isEmpty { return nil }
        switch tile.compression {
        case .none: return .identity
        case .gzip: return isPackedNothing(tile.bytes) ? nil : .gzip
        case .unknown: return tile.bytes.starts(with: [0x1f, 0x8b]) ? .gzip : .identity
        case .brotli, .zstd:
            throw Problem(
                status: .notImplemented,
                detail: "tiles of this source are packed with \(tile.compression), which this server does not unpack")
        }
    }

    /// A short gzip member that says in its last four bytes that nothing is in it (RFC 1952 section 2.3.1).
    private static func isPackedNothing(_ bytes: [UInt8]) -> Bool {
        bytes.count < 64 && bytes.suffix(4).allSatisfy { $0 == 0 }
    }

    private static func unpacked(_ packed: [UInt8]) throws -> [UInt8]? {
        let plain = try Decompressor().gzip(packed.byteSpan, limit: unpackedByteLimit)
        return plain.isEmpty ? nil : plain
    }

    /// Numbers are decimal digits without sign, space or leading zero. `nil` for zooms beyond any tile.
    static func coordinate(zoom: String, x: String, y: String) throws(Problem) -> TileCoordinate? {
        guard let zoom = number(zoom), let x = number(x), let y = number(y) else {
            throw .malformed("z, x and y are plain decimal numbers, y perhaps with .mvt or .pbf after it")
        }
        guard zoom <= 31 else { return nil }
        guard let tile = TileCoordinate(zoom: UInt8(zoom), x: x, y: y) else {
            throw .malformed("at zoom \(zoom) x and y must be below \(UInt64(1) << UInt64(zoom))")
        }
        return tile
    }

    private static func number(_ text: String) -> UInt32? {
        let digits = text.utf8
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.first != UInt8(ascii: "0") || digits.count == 1
        else { return nil }
        return UInt32(text)
    }
}
