extension Geometry {
    /// The pieces between the meridians of 180 degrees, on the grid; nothing in them crosses the grid's edge.
    ///
    /// Lines give lines, polygons give polygons, points stay. Which rings are exterior is said for each part, or follows from
    /// the orientation; the first always is. +180 degrees are on the grid's last column. Exact coordinates are not handed
    /// on. See `AntimeridianCut` for what is around a pole.
    public func cutAt180Degrees(isExterior: [Bool] = []) -> Geometry {
        var plane = points.map { PlanePoint(x: Int64($0.x), y: Int64($0.y)) }
        for exact in exactCoordinates where plane.indices.contains(exact.index) {
            if exact.coordinate.longitude == GeoCoordinate.longitudeLimit { plane[exact.index].x = 1 << 32 }
        }
        var result = Geometry(type: type)
        var polygon: [[PlanePoint]] = []
        for part in 0..<partCount {
            let range = partRange(part)
            if range.isEmpty { continue }
            let piece = Array(plane[range])
            guard type == .polygons else {
                if piece.count == 1 { result.append(piece) } else { result.append(lines: piece) }
                continue
            }
            let isExterior =
                isExterior.indices.contains(part)
                ? isExterior[part] : RingArea.doubledRoundWorld(points, range) > 0
            if isExterior, !polygon.isEmpty {
                result.append(polygon: polygon)
                polygon.removeAll()
            }
            if piece.count >= 3 { polygon.append(piece) }
        }
        if !polygon.isEmpty { result.append(polygon: polygon) }
        return result
    }

    private mutating func append(_ part: [PlanePoint]) {
        points += part.map { WorldPoint(x: UInt32(clamping: $0.x), y: UInt32(clamping: $0.y)) }
        endPart()
    }

    private mutating func append(lines line: [PlanePoint]) {
        for piece in AntimeridianCut.grid.lines(line) { append(piece) }
    }

    private mutating func append(polygon: [[PlanePoint]]) {
        for piece in AntimeridianCut.grid.polygons(polygon) {
            for (index, ring) in piece.enumerated() {
                append(ring)
                let range = partRange(partCount - 1)
                let area = RingArea.doubled(points, range)
                // In the grid's last column nothing may be left of it.
                if area == 0 {
                    points.removeLast(range.count)
                    partEnds.removeLast()
                    if index == 0 { break }
                } else if (area > 0) != (index == 0) {
                    points[range].reverse()
                }
            }
        }
    }
}
