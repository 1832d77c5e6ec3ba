import Testing

@testable import TileServing

@Suite struct PublicAddressTests {
    private func address(_ publicURL: String? = nil, allowed: [String] = []) throws -> PublicAddress {
        var configuration = ServerConfiguration()
        configuration.publicURL = publicURL
        configuration.allowedHosts = allowed
        return try PublicAddress(configuration)
    }

    @Test(arguments: [
        "localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1:8080", "192.168.1.20", "[::1]:8080", "[2001:db8::1]",
        "maps.example", "maps.example:81", "Other.example:9000",
    ])
    func believesHostsThatNobodyElseCanHaveChosen(_ host: String) throws {
        let address = try address("https://public.example", allowed: ["maps.example", "other.example:9000"])
        #expect(address.base(forHost: host) == "http://\(host)")
    }

    @Test(arguments: [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "1.2.3", "::1", "[::1", "[::1]x",
        "localhost:", "localhost:123456", "localhost:8a", "localhost@evil", "other.example", "", "user@127.0.0.1",
        "localhost/x",
    ])
    func usesThePublicAddressForAllOthers(_ host: String) throws {
        let address = try address("https://public.example/maps/", allowed: ["other.example:9000"])
        #expect(address.base(forHost: host) == "https://public.example/maps")
        #expect(address.base(forHost: nil) == "https://public.example/maps")
    }

    @Test func withoutAPublicAddressItIsWhereTheServerListens() throws {
        let address = try address()
        address.isListening(at: ListeningAddress(host: "127.0.0.1", port: 4711))
        #expect(address.base(forHost: "evil.example") == "http://127.0.0.1:4711")
    }

    @Test func wildcardAndIPv6AddressesAreWrittenSoThatTheyCanBeOpened() {
        #expect(ListeningAddress(host: "0.0.0.0", port: 1).url == "http://localhost:1")
        #expect(ListeningAddress(host: "::", port: 1).url == "http://localhost:1")
        #expect(ListeningAddress(host: "::1", port: 1).url == "http://[::1]:1")
        #expect(ListeningAddress(host: "box", port: 1).url == "http://box:1")
    }

    @Test(arguments: [
        "maps.example", "ftp://x", "http://", "https:///a", "http://a b", "http://a?x", "http://a/#b", "",
    ])
    func refusesWhatIsNoAddress(_ url: String) {
        #expect(throws: TileServingError.invalidPublicURL(url)) { try address(url) }
    }
}
