public import OSMModel

/// Provisional numbers as a dictionary for tag filters. A filter bound to it is good until strings are added.
extension TagCollector: TagDictionary {
    public func stringNumber(_ text: String) -> UInt32? { number(ofText: text) }

    public func string(_ number: UInt32) -> String {
        Int(number) < pool.strings.count ? pool.strings.string(Int(number)) : ""
    }
}
