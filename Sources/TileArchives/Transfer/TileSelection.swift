public import PlanarGeometry

/// Which tiles of an archive somebody wants.
public struct TileSelection: Sendable {
    public var zooms: ClosedRange<UInt8>
    /// Tiles that touch it; `nil` for all.
    public var region: WorldRegion?

    public init(zooms: ClosedRange<UInt8> = 0...31, region: WorldRegion? = nil) {
        self.zooms = zooms
        self.region = region
    }

    /// Calls `body` for the parts of a run that are wanted, in order.
    ///
    /// A run is a stretch of the Hilbert curve, and each square of the quadtree is an aligned one: squares wholly inside or
    /// outside are taken or left as a whole, so a run of a thousand million tiles costs what its border does.
    public func forEachPart(
        of first: TileCoordinate, count: Int, _ body: (_ first: TileCoordinate, _ count: Int) throws -> Void
    ) rethrows {
        guard zooms.contains(first.zoom) else { return }
        guard let region else { return try body(first, count) }
        guard let top = TileCoordinate(zoom: 0, x: 0, y: 0) else { return }
        let range = first.hilbertIndex..<(first.hilbertIndex + UInt64(max(count, 0)))
        var open: Range<UInt64>?
        try descend(top, range, first.zoom, region) { part in
            if let before = open, before.upperBound == part.lowerBound {
                open = before.lowerBound..<part.upperBound
                return
            }
            if let open { try Self.hand(open, first.zoom, body) }
            open = part
        }
        if let open { try Self.hand(open, first.zoom, body) }
    }

    private static func hand(
        _ range: Range<UInt64>, _ zoom: UInt8, _ body: (_ first: TileCoordinate, _ count: Int) throws -> Void
    ) rethrows {
        let (x, y) = HilbertCurve.position(index: range.lowerBound, order: Int(zoom))
        guard let first = TileCoordinate(zoom: zoom, x: x, y: y) else { return }
        try body(first, range.count)
    }

    private func descend(
        _ square: TileCoordinate, _ range: Range<UInt64>, _ zoom: UInt8, _ region: WorldRegion,
        _ body: (Range<UInt64>) throws -> Void
    ) rethrows {
        let bits = 2 * UInt64(zoom - square.zoom)
        let own = (square.hilbertIndex << bits)..<((square.hilbertIndex + 1) << bits)
        let part = own.clamped(to: range)
        if part.isEmpty { return }
        let relation = region.relation(of: square.box)
        if relation == .outside { return }
        if square.zoom == zoom || relation == .covered { return try body(part) }
        for child in square.children.sorted(by: { $0.hilbertIndex < $1.hilbertIndex }) {
            try descend(child, range, zoom, region, body)
        }
    }
}
