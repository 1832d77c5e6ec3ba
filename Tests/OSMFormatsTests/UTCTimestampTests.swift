import ByteCoding
import Foundation
import TestSupport
import Testing

@testable import OSMFormats

struct UTCTimestampTests {
    func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        return UTCTimestamp.seconds(bytes.byteSpan)
    }

    @Test func agreesWithFoundation() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<2000 {
            // From 0001 to 9999.
            let value = Int64.random(in: -62_135_596_800...253_402_300_799, using: &random)
            let text = Date(timeIntervalSince1970: Double(value)).formatted(.iso8601)
            // Foundation changes to the Julian calendar before 1582.
            if value > -12_219_292_800 { #expect(seconds(text) == value, "\(text)") }
        }
        #expect(seconds("1970-01-01T00:00:00Z") == 0)
        #expect(seconds("2000-02-29T23:59:60Z") == 951_868_800)
    }

    @Test(arguments: [
        "", "yesterday", "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z", "2021-02-29T00:00:00Z", "2020-04-31T00:00:00Z",
        "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z", "2020-01-01T00:00:00+01:00", "2020-01-01 00:00:00Z",
        "2020-01-01T00:00:00z", "2O20-01-01T00:00:00Z", "2020-01-00T00:00:00Z",
    ])
    func otherTextIsNone(text: String) { #expect(seconds(text) == nil) }
}
