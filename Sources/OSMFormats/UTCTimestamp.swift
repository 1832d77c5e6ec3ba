/// Times as OSM files write them: `2016-07-16T06:14:03Z`, always UTC.
enum UTCTimestamp {
    /// Seconds since 1970 of exactly this form; `nil` for other text or a date that does not exist.
    static func seconds(_ text: RawSpan) -> Int64? {
        guard text.byteCount == 20 else { return nil }
        func digit(_ index: Int) -> Int? {
            let value = Int(text.byte(index)) - 0x30
            return value >= 0 && value <= 9 ? value : nil
        }
        func number(_ range: Range<Int>) -> Int? {
            var value = 0
            for index in range {
                guard let digit = digit(index) else { return nil }
                value = value * 10 + digit
            }
            return value
        }
        guard text.byte(4) == UInt8(ascii: "-"), text.byte(7) == UInt8(ascii: "-"), text.byte(10) == UInt8(ascii: "T"),
            text.byte(13) == UInt8(ascii: ":"), text.byte(16) == UInt8(ascii: ":"), text.byte(19) == UInt8(ascii: "Z"),
            let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), let hour = number(11..<13),
            let minute = number(14..<16), let second = number(17..<19), (1...12).contains(month), day >= 1,
            day <= daysInMonth(month, year: year), hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = daysSince1970(year: year, month: month, day: day)
        return Int64(days * 86400 + hour * 3600 + minute * 60 + second)
    }

    private static func daysInMonth(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days of the proleptic Gregorian calendar. Years are counted from March, so the leap day is a year's last.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let monthFromMarch = (month + 9) % 12
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        // Days from 0000-03-01 to 1970-01-01.
        let epoch = 719_468
        let leapDays = marchYear >= 0 ? marchYear / 4 - marchYear / 100 + marchYear / 400 : -1
        return marchYear * 365 + leapDays + dayOfYear - epoch
    }
}
