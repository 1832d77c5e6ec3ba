/// A tile of the XYZ scheme: 0,0 is north-west, y grows southwards, 2^zoom tiles each way.
@frozen
public struct TileCoordinate: Hashable, Sendable {
    /// 0 to 32 in principle; tiles are made for 0 to 14.
    public let zoom: UInt8
    public let x: UInt32
    public let y: UInt32

    /// `nil` if zoom is above 31, or x or y is not below 2^zoom.
    @inlinable
    public init?(zoom: UInt8, x: UInt32, y: UInt32) {
        guard zoom <= 31, x < 1 << UInt32(zoom), y < 1 << UInt32(zoom) else { return nil }
        self.zoom = zoom
        self.x = x
        self.y = y
    }

    /// The tile that holds a point.
    @inlinable
    public init(containing point: WorldPoint, zoom: UInt8) {
        precondition(zoom <= 31, "zoom above 31")
        self.zoom = zoom
        // A shift by 32, at zoom 0, gives 0 with the smart shift.
        x = point.x >> (32 - UInt32(zoom))
        y = point.y >> (32 - UInt32(zoom))
    }

    /// Side of a tile in grid units; 2^32 at zoom 0.
    @inlinable public static func side(zoom: UInt8) -> UInt64 { 1 << (32 - UInt64(zoom)) }

    /// The grid points of this tile.
    @inlinable
    public var box: WorldBox {
        let side = TileCoordinate.side(zoom: zoom)
        let left = UInt64(x) * side
        let top = UInt64(y) * side
        return WorldBox(
            minX: UInt32(left), minY: UInt32(top), maxX: UInt32(left + side - 1), maxY: UInt32(top + side - 1))
    }

    @inlinable
    public var parent: TileCoordinate? { zoom == 0 ? nil : TileCoordinate(zoom: zoom - 1, x: x / 2, y: y / 2) }

    /// The four tiles one zoom deeper, in the order of the Hilbert curve.
    @inlinable
    public var children: [TileCoordinate] {
        guard zoom < 31 else { return [] }
        return [(0, 0), (0, 1), (1, 1), (1, 0)].map { TileCoordinate(unchecked: zoom + 1, x * 2 + $0.0, y * 2 + $0.1) }
            .sorted { $0.hilbertIndex < $1.hilbertIndex }
    }

    /// Position on the Hilbert curve of this zoom.
    @inlinable public var hilbertIndex: UInt64 { HilbertCurve.index(x: x, y: y, order: Int(zoom)) }

    @inlinable
    init(unchecked zoom: UInt8, _ x: UInt32, _ y: UInt32) {
        self.zoom = zoom
        self.x = x
        self.y = y
    }
}

extension TileCoordinate: CustomStringConvertible {
    public var description: String { "\(zoom)/\(x)/\(y)" }
}
