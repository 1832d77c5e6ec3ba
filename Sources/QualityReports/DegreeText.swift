import FeatureQueries

/// Angles of 1e-7 degree as text.
enum DegreeText {
    /// Exactly, without trailing zeros.
    static func shortest(_ steps: Int32) -> String {
        var bytes: [UInt8] = []
        bytes.appendDegrees(steps)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Always seven decimals, for columns.
    static func fixed(_ steps: Int32) -> String {
        let decimals = String(steps.magnitude % 10_000_000)
        let zeros = String(repeating: "0", count: 7 - decimals.count)
        return "\(steps < 0 ? "-" : "")\(steps.magnitude / 10_000_000).\(zeros)\(decimals)"
    }
}
