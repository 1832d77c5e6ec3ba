import PlanarGeometry

/// Fewer vertices below the last zoom. It looks at the feature, never at the tile, so neighbouring tiles agree.
enum TileSimplification {
    /// 1.5 tile units: a tenth of a pixel of 256 to the tile.
    static let baseTolerance: Int32 = 24

    /// In subunits, for vertices that `finerByZooms` zooms further in would keep.
    static func tolerance(finerByZooms: Int) -> Int32 { max(1, baseTolerance >> Int32(min(max(finerByZooms, 0), 16))) }

    /// Lines; those stored in chunks are simplified chunk by chunk, since a tile may not read all chunks.
    static func lines(
        _ source: TilePath, pinned: [Int], _ tolerance: Int32, into destination: inout TilePath,
        scratch: inout SimplificationScratch
    ) {
        if pinned.isEmpty {
            Simplification.simplifyLines(source, tolerance: tolerance, into: &destination, scratch: &scratch)
            return
        }
        destination.removeAll()
        var nextPin = 0
        for part in 0..<source.partCount {
            let range = source.partRange(part)
            // Only a closed way's path has a point more than was read, at its very end, where no pin comes after.
            appendStretches(source.points, range, pinned, &nextPin, tolerance, &destination.points, &scratch)
            destination.endPart()
        }
    }

    static func rings(
        _ source: TilePolygonPath, pinned: [Int], _ tolerance: Int32, into destination: inout TilePolygonPath,
        scratch: inout SimplificationScratch
    ) {
        if pinned.isEmpty {
            Simplification.simplifyRings(source, tolerance: tolerance, into: &destination, scratch: &scratch)
            return
        }
        destination.removeAll()
        var nextPin = 0
        var hasExterior = false
        for ring in 0..<source.ringCount {
            let range = source.rings.partRange(ring)
            let role = source.roles[ring]
            var isKept = true
            if nextPin < pinned.count, range.contains(pinned[nextPin]) {
                appendStretches(
                    source.rings.points, range, pinned, &nextPin, tolerance, &destination.rings.points, &scratch)
            } else {
                isKept = Simplification.appendSimplifiedRing(
                    source.rings.points, range, tolerance: tolerance, to: &destination.rings.points, scratch: &scratch)
            }
            // An interior without its exterior would become a polygon.
            if role == .interior, !hasExterior, isKept {
                destination.rings.points.removeLast(
                    destination.rings.points.count - (destination.rings.partEnds.last ?? 0))
                isKept = false
            }
            if isKept { destination.endRing(role) }
            if role == .exterior { hasExterior = isKept }
        }
    }

    /// Simplifies the stretches between pinned points of one part. The last one ends with the part.
    private static func appendStretches(
        _ points: [TilePoint], _ range: Range<Int>, _ pinned: [Int], _ nextPin: inout Int,
        _ tolerance: Int32, _ output: inout [TilePoint], _ scratch: inout SimplificationScratch
    ) {
        var start = range.lowerBound
        while true {
            let pin = nextPin < pinned.count ? pinned[nextPin] : Int.max
            let isLast = pin >= range.upperBound
            let end = isLast ? range.upperBound : pin + 1
            Simplification.appendSimplifiedLine(
                points, start..<end, tolerance: tolerance, to: &output, scratch: &scratch)
            if isLast { return }
            // The pinned point begins the next stretch.
            output.removeLast()
            start = pin
            nextPin += 1
        }
    }
}
