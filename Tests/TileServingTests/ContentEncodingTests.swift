import Testing

@testable import TileServing

@Suite struct ContentEncodingTests {
    @Test(arguments: [
        "gzip", "GZIP", "x-gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8, *;q=0.1", "*", "gzip;q=0.001",
        "identity;q=0.5, gzip;q=0.5", "identity;q=0, *", "deflate, gzip ; q=1.000", "gzip;q=1,identity;q=0", "\tgzip\t",
        ",gzip,",
    ])
    func packsForClientsThatAcceptGzip(_ header: String) {
        #expect(ContentEncoding(accepting: header) == .gzip)
    }

    @Test(arguments: [
        nil, "", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "identity;q=0, gzip;q=0",
        "gzip;q=0.5, identity", "gzip;q=0.5, identity;q=0.501", "gzip;q=2", "gzip;q=1.001", "gzip;q=", "gzip;q=0.1234",
        "gzip;x=1", "gzipped", "gzip;q=-1",
    ])
    func leavesUnpackedForAllOthers(_ header: String?) {
        #expect(ContentEncoding(accepting: header) == .identity)
    }
}
