import Testing

@testable import TileArchives

@Suite struct EncodedTileTests {
    @Test("A compression that is not stated is told from the bytes")
    func sniffing() {
        #expect(EncodedTile(bytes: [0x1f, 0x8b, 8], stated: .unknown).compression == .gzip)
        #expect(EncodedTile(bytes: [0x1a, 0], stated: .unknown).compression == TileCompression.none)
        #expect(EncodedTile(bytes: [], stated: .unknown).compression == TileCompression.none)
        #expect(EncodedTile(bytes: [0x1f, 0x8b], stated: .brotli).compression == .brotli)
    }

    @Test("Names for HTTP")
    func names() {
        #expect(TileCompression.gzip.contentEncoding == "gzip")
        #expect(TileCompression.none.contentEncoding == nil)
        #expect(TileFormat.vector.mediaType == "application/vnd.mapbox-vector-tile")
    }
}
