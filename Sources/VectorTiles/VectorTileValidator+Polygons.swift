public import PlanarGeometry

extension VectorTileValidator {
    /// Polygons of an uncompressed tile that are not valid (OGC 06-103r4 section 6.1.11): rings that cross, touch themselves or
    /// lie where they do not belong. In the order of the tile, at most `limit`; what cannot be decoded is passed over, for
    /// `findings` tells it.
    public static func invalidPolygons(
        in bytes: RawSpan, limit: Int = 1000, scratch: inout WorldPolygonRepairScratch
    ) -> [VectorTileFinding] {
        var findings: [VectorTileFinding] = []
        var tile = VectorTile(bytes)
        var path = TilePath()
        while findings.count < limit {
            do throws(VectorTileError) {
                guard var layer = try tile.nextLayer() else { break }
                var index = -1
                while findings.count < limit {
                    index += 1
                    do throws(VectorTileError) {
                        guard let feature = try layer.nextFeature() else { break }
                        if feature.type != .polygon { continue }
                        try feature.decodeGeometry(into: &path)
                        guard let fault = fault(of: path, &scratch) else { continue }
                        findings.append(
                            VectorTileFinding(
                                severity: .violation, section: "4.3.4.4", layer: layer.name, feature: index,
                                message: message(fault)))
                    } catch {
                        if !error.isRecoverable { break }
                    }
                }
            } catch {
                if !error.isRecoverable { break }
            }
        }
        return findings
    }

    /// The tile's plane lies on the world grid with its origin in the middle.
    private static func fault(of path: TilePath, _ scratch: inout WorldPolygonRepairScratch) -> RingContact? {
        let points = path.points.map { point in
            WorldPoint(x: UInt32(bitPattern: point.x) ^ 0x8000_0000, y: UInt32(bitPattern: point.y) ^ 0x8000_0000)
        }
        let isExterior = (0..<path.partCount).map { doubledArea(path, path.partRange($0)) > 0 }
        // Told as what it is: an interior ring before any exterior one, or a ring without area.
        guard isExterior.first == true, (0..<path.partCount).allSatisfy({ doubledArea(path, path.partRange($0)) != 0 })
        else { return nil }
        return PolygonValidity.fault(
            points: points, partEnds: path.partEnds, isExterior: isExterior, scratch: &scratch)
    }

    private static func message(_ fault: RingContact) -> String {
        let x = Int32(bitPattern: fault.point.x ^ 0x8000_0000)
        let y = Int32(bitPattern: fault.point.y ^ 0x8000_0000)
        let rings =
            fault.firstRing == fault.secondRing
            ? "ring \(fault.firstRing)" : "rings \(fault.firstRing) and \(fault.secondRing)"
        let what =
            switch fault.kind {
            case .sharedVertex, .vertexOnEdge:
                fault.firstRing == fault.secondRing ? "touches itself" : "touch so that the inside is cut or overlaps"
            case .spike: "runs out and back on one line"
            case .collapsedRing: "has no inside"
            case .misplacedRing: "does not lie where its winding says"
            case .overlap: fault.firstRing == fault.secondRing ? "runs along itself" : "run along each other"
            case .crossing: fault.firstRing == fault.secondRing ? "crosses itself" : "cross"
            }
        return "the polygon is not valid: \(rings) \(what) at \(x), \(y)"
    }
}
