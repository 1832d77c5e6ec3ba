import ByteCoding
public import PlanarGeometry
import SystemIO

/// A hash over all tiles of a pyramid, built so that one tile can be proved to be part of it (after Merkle 1987; prefixes as in
/// RFC 6962 section 2.1).
///
/// Each zoom is a tree with four children to a node: the root stands for all tiles of the zoom, a child for a quarter of its
/// parent's stretch of the Hilbert curve, a leaf for one tile. All hashes are SHA-256:
///
/// | node | hash of |
/// |---|---|
/// | leaf | `00`, the SHA-256 of the tile's MVT bytes, unpacked |
/// | inner node | `01`, the hashes of its four children in the order of the curve |
/// | node without any tile below | nothing is hashed: 32 zero bytes |
/// | the pyramid | `02`, then for zooms 0 to 30 the root of the zoom |
///
/// Packing and archive format leave it as it is. A stretch of equal tiles, such as open sea, costs one hash a level, and
/// memory is four hashes a level.
public struct TileHashTree: Sendable {
    public typealias Digest = [UInt8]

    private static let nothing = Digest(repeating: 0, count: 32)
    private static let zoomCount = 31

    /// The children of a node that is not complete.
    private struct Group {
        var index: UInt64
        var children: [Digest]
    }

    /// By level, leaves first, of the zoom at work.
    private var open: [Group?] = []
    private var zoom: UInt8?
    private var roots = [Digest](repeating: TileHashTree.nothing, count: TileHashTree.zoomCount)

    public init() {}

    /// What a leaf knows of its tile.
    public static func digest(ofTile bytes: RawSpan) -> Digest { sha256(bytes) }

    /// Adds tiles with equal bytes: `count` of them along the curve. Tiles come by ascending zoom and along the curve within one.
    public mutating func add(_ digest: Digest, from first: TileCoordinate, count: Int = 1) {
        guard Int(first.zoom) < TileHashTree.zoomCount, count > 0 else { return }
        if zoom != first.zoom { finishZoom() }
        zoom = first.zoom
        var index = first.hilbertIndex
        var rest = UInt64(count)
        while rest > 0 {
            // The largest node that begins here and holds only these tiles.
            var level = 0
            while level < Int(first.zoom), index & ((4 << (2 * UInt64(level))) - 1) == 0,
                rest >= 4 << (2 * UInt64(level))
            { level += 1 }
            var hash = TileHashTree.leaf(digest)
            for _ in 0..<level { hash = TileHashTree.inner([hash, hash, hash, hash]) }
            place(hash, level: level, index: index >> (2 * UInt64(level)))
            index += 1 << (2 * UInt64(level))
            rest -= 1 << (2 * UInt64(level))
        }
    }

    /// The hash over all tiles that were added.
    public consuming func root() -> Digest {
        finishZoom()
        return sha256(([2] + roots.flatMap { $0 }).byteSpan)
    }

    private static func leaf(_ digest: Digest) -> Digest { sha256(([0] + digest).byteSpan) }

    private static func inner(_ children: [Digest]) -> Digest { sha256(([1] + children.flatMap { $0 }).byteSpan) }

    private mutating func place(_ hash: Digest, level: Int, index: UInt64) {
        // What is open below comes before this node.
        for lower in 0..<level { close(lower) }
        while open.count <= level { open.append(nil) }
        if let group = open[level], group.index != index >> 2 { close(level) }
        var group = open[level] ?? Group(index: index >> 2, children: Array(repeating: Self.nothing, count: 4))
        group.children[Int(index & 3)] = hash
        open[level] = group
    }

    /// Hashes the open node above a level's children.
    private mutating func close(_ level: Int) {
        guard level < open.count, let group = open[level] else { return }
        open[level] = nil
        place(TileHashTree.inner(group.children), level: level + 1, index: group.index)
    }

    private mutating func finishZoom() {
        guard let zoom else { return }
        for level in 0..<Int(zoom) { close(level) }
        if Int(zoom) < open.count, let top = open[Int(zoom)] { roots[Int(zoom)] = top.children[0] }
        open.removeAll(keepingCapacity: true)
        self.zoom = nil
    }
}
