public import PlanarGeometry

/// Which tiles of an archive somebody wants.
public struct TileSelection: Sendable {
    public var zooms: ClosedRange<UInt8>
    /// Tiles that touch one of these boxes; `nil` for all. Boxes must not overlap.
    public var boxes: [WorldBox]?

    public init(zooms: ClosedRange<UInt8> = 0...31, boxes: [WorldBox]? = nil) {
        self.zooms = zooms
        self.boxes = boxes
    }

    /// Calls `body` for the parts of a run that are wanted, in order.
    ///
    /// A run is a stretch of the Hilbert curve, and each square of the quadtree is an aligned one: squares wholly inside or
    /// outside are taken or left as a whole, so a run of a thousand million tiles costs what its border does.
    public func forEachPart(
        of first: TileCoordinate, count: Int, _ body: (_ first: TileCoordinate, _ count: Int) throws -> Void
    ) rethrows {
        guard zooms.contains(first.zoom) else { return }
        guard let boxes else { return try body(first, count) }
        guard let top = TileCoordinate(zoom: 0, x: 0, y: 0) else { return }
        let range = first.hilbertIndex..<(first.hilbertIndex + UInt64(max(count, 0)))
        var open: Range<UInt64>?
        try descend(top, range, first.zoom, boxes) { part in
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
        _ square: TileCoordinate, _ range: Range<UInt64>, _ zoom: UInt8, _ boxes: [WorldBox],
        _ body: (Range<UInt64>) throws -> Void
    ) rethrows {
        let bits = 2 * UInt64(zoom - square.zoom)
        let own = (square.hilbertIndex << bits)..<((square.hilbertIndex + 1) << bits)
        let part = own.clamped(to: range)
        if part.isEmpty || !boxes.contains(where: { $0.intersects(square.box) }) { return }
        if square.zoom == zoom || boxes.contains(where: { $0.contains(square.box) }) { return try body(part) }
        for child in square.children.sorted(by: { $0.hilbertIndex < $1.hilbertIndex }) {
            try descend(child, range, zoom, boxes, body)
        }
    }
}
