import ByteCoding
import PlanarGeometry

/// Text of an OSM XML file in the making.
struct OSMXMLText {
    private(set) var bytes: [UInt8] = []

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    /// Markup, taken as it is.
    mutating func append(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

    mutating func attribute(_ name: String, _ value: Int64) {
        open(name)
        append(String(value))
        bytes.append(quote)
    }

    mutating func attribute(_ name: String, _ value: String) {
        open(name)
        // U+FFFE and U+FFFF, which XML does not have either, begin with this byte.
        if value.utf8.contains(0xef) {
            for scalar in value.unicodeScalars where scalar.value != 0xfffe && scalar.value != 0xffff {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { appendEscaped(byte) }
            }
        } else {
            for byte in value.utf8 { appendEscaped(byte) }
        }
        bytes.append(quote)
    }

    /// A string of a block; bytes that are not UTF-8 become U+FFFD.
    mutating func attribute(_ name: String, _ value: RawSpan) { attribute(name, value.toString()) }

    mutating func coordinate(_ coordinate: GeoCoordinate) {
        degrees("lat", coordinate.latitude)
        degrees("lon", coordinate.longitude)
    }

    /// 1e-7 degree as decimal degrees without trailing zeros: `-0.0000001`, `1.5`, `0`.
    mutating func degrees(_ name: String, _ value: Int32) {
        open(name)
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        append(String(magnitude / 10_000_000))
        var fraction = magnitude % 10_000_000
        if fraction != 0 {
            bytes.append(UInt8(ascii: "."))
            var unit: UInt32 = 1_000_000
            while fraction != 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(fraction / unit))
                fraction %= unit
                unit /= 10
            }
        }
        bytes.append(quote)
    }

    /// Seconds since 1970 as `2026-01-01T00:00:00Z`. Days to a date as by Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms": years start in March, so that the leap day comes last.
    static func dateAndTime(_ seconds: Int64) -> String {
        let secondsPerDay: Int64 = 86_400
        let daysPerEra: Int64 = 146_097
        let second = ((seconds % secondsPerDay) + secondsPerDay) % secondsPerDay
        let day = (seconds - second) / secondsPerDay + 719_468
        let era = (day >= 0 ? day : day - (daysPerEra - 1)) / daysPerEra
        let dayOfEra = day - era * daysPerEra
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
        let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        return "\(date)T\(time)Z"
    }

    private let quote = UInt8(ascii: "\"")

    private mutating func open(_ name: String) {
        bytes.append(UInt8(ascii: " "))
        append(name)
        bytes.append(UInt8(ascii: "="))
        bytes.append(quote)
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): append("&amp;")
        case UInt8(ascii: "<"): append("&lt;")
        case UInt8(ascii: ">"): append("&gt;")
        case UInt8(ascii: "\""): append("&quot;")
        case UInt8(ascii: "'"): append("&apos;")
        case 0x0a: append("&#xA;")
        case 0x0d: append("&#xD;")
        case 0x09: append("&#x9;")
        case 0..<0x20: break
        default: bytes.append(byte)
        }
    }
}
