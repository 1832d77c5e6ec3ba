public import PlanarGeometry
public import TileArchives

/// Where tiles come from: an archive, or a generator. The routes cannot tell which.
///
/// A source is a snapshot: `metadata` and `versionTag` do not change during its life, and the same coordinate always
/// gives the same bytes.
public protocol TileSource: Sendable {
    /// The part of the address that stands for this source.
    var name: String { get }
    /// The file behind it, for messages.
    var origin: String { get }
    var metadata: TilesetMetadata { get }
    /// Changes whenever any tile might change: for made tiles a hash of recipe, store and program. It becomes part of
    /// the entity tag, so that an unchanged tile is confirmed without making it. Visible ASCII without quotes.
    var versionTag: String { get }
    /// The tile; `nil` or no bytes when there is nothing there. Synchronous work on the processor: the server calls it
    /// on its own threads, several at a time.
    func tile(at coordinate: TileCoordinate) throws -> EncodedTile?
    /// What was found odd about the data behind the tiles; `nil` for sources that cannot know, such as archives.
    var problems: SourceProblems? { get }
}

extension TileSource {
    public var origin: String { name }
    public var problems: SourceProblems? { nil }
}
