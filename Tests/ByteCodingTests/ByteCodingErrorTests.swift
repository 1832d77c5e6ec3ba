import ByteCoding
import Testing

struct ByteCodingErrorTests {
    @Test func shiftingMovesThePlaceOnly() {
        #expect(
            ByteCodingError.truncated(offset: 3, count: 4, available: 1).shifted(by: 10)
                == .truncated(offset: 13, count: 4, available: 1))
        #expect(ByteCodingError.varintTooLong(offset: 3).shifted(by: 10) == .varintTooLong(offset: 13))
    }

    @Test func descriptionsAreOneLineWithThePlace() {
        let text = ByteCodingError.truncated(offset: 3, count: 4, available: 1).description
        #expect(text.contains("byte 3") && !text.contains("\n"))
    }
}
