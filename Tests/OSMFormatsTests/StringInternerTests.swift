import ByteCoding
import OSMModel
import TestSupport
import Testing

@testable import OSMFormats

struct StringInternerTests {
    @Test func numbersAreInOrderOfAppearanceAndEqualStringsShareOne() {
        var random = SeededGenerator(seed: 4)
        var interner = StringInterner()
        for _ in 0..<3 {
            var table = StringTable()
            var numbers: [[UInt8]: UInt32] = [:]
            for _ in 0..<8000 {
                let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                    UInt8.random(in: 97...99, using: &random)
                }
                let number = interner.number(of: text.byteSpan, in: &table)
                let expected = numbers[text] ?? UInt32(numbers.count)
                numbers[text] = expected
                #expect(number == expected)
                #expect(table[Int(number)].toArray() == text)
            }
            #expect(table.count == numbers.count)
            interner.removeAll()
        }
    }
}
