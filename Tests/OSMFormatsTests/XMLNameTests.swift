import ByteCoding
import Testing

@testable import OSMFormats

struct XMLNameTests {
    func name(_ text: String) -> XMLName {
        let bytes = Array(text.utf8)
        return XMLName(bytes.byteSpan)
    }

    @Test func namesAreEqualWhenTheirBytesAre() {
        let words = [
            "", "k", "v", "kk", "node", "nodes", "timestamp", "timestanp", "relation", "relations", "1234567890123456",
        ]
        for left in words { for right in words { #expect((name(left) == name(right)) == (left == right)) } }
        #expect(name("changeset") == XMLName("changeset"))
    }

    @Test func namesPastSixteenBytesEqualNoShorterOne() {
        #expect(name("12345678901234567") != name("1234567890123456"))
        #expect(name("12345678901234567") != name(""))
    }
}
