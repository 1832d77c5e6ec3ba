import ByteCoding

/// A store file that cannot be used. Each names the file.
public enum FeatureStoreError: Error, Equatable, Sendable {
    /// The file does not begin like a store.
    case notAStore(path: String)
    /// Made by a newer or older Tuile.
    case unsupportedVersion(path: String, found: UInt32, supported: UInt32)
    /// No root page is whole, or it promises more bytes than the file has.
    case noRoot(path: String, reason: String)
    /// Bytes of a section do not fit together.
    case damaged(path: String, section: StoreSection, reason: String)
    case missingSection(path: String, section: StoreSection)
}

extension FeatureStoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notAStore(let path): "\(path): not a Tuile store"
        case .unsupportedVersion(let path, let found, let supported):
            "\(path): store format \(found), this program reads format \(supported): import the extract again"
        case .noRoot(let path, let reason): "\(path): the store is not complete: \(reason)"
        case .damaged(let path, let section, let reason): "\(path): section \(section.name) is damaged: \(reason)"
        case .missingSection(let path, let section): "\(path): section \(section.name) is missing"
        }
    }
}
