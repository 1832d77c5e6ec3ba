import ByteCoding
import Testing

@testable import OSMFormats

struct QuotedTextTests {
    func quote(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return quoted(bytes.byteSpan)
    }

    @Test func textIsCutAndOnOneLine() {
        #expect(quote("") == "\"\"")
        #expect(quote("Café") == "\"Café\"")
        #expect(quote("a\nb\r\nc\u{1b}[1m\u{2028}") == "\"a b  c [1m \"")
        #expect(quote(String(repeating: "x", count: 41)) == "\"" + String(repeating: "x", count: 40) + "...\"")
    }
}
