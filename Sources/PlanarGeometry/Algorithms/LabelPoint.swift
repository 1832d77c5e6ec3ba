/// Memory that `LabelPoint` reuses from call to call.
public struct LabelPointScratch: Sendable {
    /// An edge, relative to the north-west corner of the polygon's box.
    struct Edge: Sendable {
        var x: Double
        var y: Double
        var deltaX: Double
        var deltaY: Double
        /// One over the squared length.
        var inverseLength: Double
    }

    /// A square still to be searched, in a binary heap by `potential`.
    struct Cell: Sendable {
        var x: Double
        var y: Double
        var halfSide: Double
        /// No point of the square is farther inside than this.
        var potential: Double
        /// Among equal potentials the older one first.
        var age: Int
    }

    var edges: [Edge] = []
    var cells: [Cell] = []
    var crossings: [Double] = []

    public init() {}
}

/// A point well inside an area, for its label: the pole of inaccessibility, the point farthest from all edges.
///
/// By covering the polygon with squares and searching those first that may hold the best point (the idea of Mapbox's
/// polylabel, 2016), to within 5 % of the smaller side of the box. Of several polygons the one of the largest area.
public enum LabelPoint {
    /// Polygons of more vertices are searched on about this many; the result is then checked against all of them.
    static let sampledVertexLimit = 512
    /// About the number of distances from a point to an edge that one search may take.
    static let distanceLimit = 200_000

    /// The label point of a geometry of polygons on the world grid; `nil` if it has none with a point.
    ///
    /// It lies inside if the area is not zero, and not on an edge; only where a polygon is so thin that hardly a grid
    /// point (about a centimetre) lies inside it, or it has no area, it is the first vertex. The same on every machine:
    /// only additions, multiplications, divisions and square roots in a fixed order. Some microseconds for a
    /// building; bounded by `distanceLimit` plus a few passes over the points.
    public static func pointOnSurface(of geometry: Geometry, scratch: inout LabelPointScratch) -> WorldPoint? {
        guard geometry.type == .polygons, let first = geometry.points.first else { return nil }
        let rings = largestPolygon(geometry)
        let outline = geometry.partRange(rings.lowerBound)
        guard let box = Bounds.box(of: geometry.points, outline) else { return first }
        let vertex = geometry.points[outline.lowerBound]
        guard outline.count >= 3, box.maxX > box.minX, box.maxY > box.minY else { return vertex }

        makeEdges(geometry, rings, box, &scratch)
        var search = Search(scratch: scratch, width: Double(box.maxX - box.minX), height: Double(box.maxY - box.minY))
        scratch = LabelPointScratch()
        let middleRow = box.minY + (box.maxY - box.minY) / 2
        let middle = widestInterval(geometry, rings, row: middleRow, &search.scratch.crossings)
        if let middle {
            search.consider(x: middle - Double(box.minX), y: Double(middleRow - box.minY))
        }
        if let centroid = centroid(geometry, outline, box) { search.consider(x: centroid.x, y: centroid.y) }
        search.run()
        scratch = search.scratch

        let found = WorldPoint(
            x: box.minX + UInt32(min(max(search.bestX + 0.5, 0), search.width)),
            y: box.minY + UInt32(min(max(search.bestY + 0.5, 0), search.height)))
        if isInside(found, geometry, rings) { return found }
        return pointOnRows(geometry, rings, box, &scratch.crossings) ?? vertex
    }
}

extension LabelPoint {
    /// The rings of the polygon of largest area, the first of equal ones.
    private static func largestPolygon(_ geometry: Geometry) -> Range<Int> {
        guard geometry.partCount > 1 else { return 0..<geometry.partCount }
        var best = 0..<1
        var bestArea = Int128.min
        var start = 0
        var area: Int128 = 0
        for ring in 0..<geometry.partCount {
            let ringArea = RingArea.doubled(geometry.points, geometry.partRange(ring))
            if ring > 0, ringArea > 0 {
                if area > bestArea { (best, bestArea) = (start..<ring, area) }
                start = ring
                area = 0
            }
            area += ringArea
        }
        return area > bestArea ? start..<geometry.partCount : best
    }

    private static func isInside(_ point: WorldPoint, _ geometry: Geometry, _ rings: Range<Int>) -> Bool {
        PointInPolygon.locate(point, inRings: geometry.points, ends: geometry.partEnds, rings) == .inside
    }

    private static func makeEdges(
        _ geometry: Geometry, _ rings: Range<Int>, _ box: WorldBox, _ scratch: inout LabelPointScratch
    ) {
        scratch.edges.removeAll(keepingCapacity: true)
        let start = geometry.partStart(rings.lowerBound)
        let total = geometry.partEnds[rings.upperBound - 1] - start
        let step = (total + sampledVertexLimit - 1) / sampledVertexLimit
        for ring in rings {
            let range = geometry.partRange(ring)
            guard range.count >= 3 * step else { continue }
            var previous = geometry.points[range.lowerBound + (range.count - 1) / step * step]
            for index in stride(from: range.lowerBound, to: range.upperBound, by: step) {
                let current = geometry.points[index]
                let deltaX = Double(Int64(current.x) - Int64(previous.x))
                let deltaY = Double(Int64(current.y) - Int64(previous.y))
                let length = deltaX * deltaX + deltaY * deltaY
                scratch.edges.append(
                    LabelPointScratch.Edge(
                        x: Double(Int64(previous.x) - Int64(box.minX)), y: Double(Int64(previous.y) - Int64(box.minY)),
                        deltaX: deltaX, deltaY: deltaY, inverseLength: length > 0 ? 1 / length : 0))
                previous = current
            }
        }
    }

    /// The centroid of a ring relative to the box's corner; `nil` without area.
    private static func centroid(_ geometry: Geometry, _ range: Range<Int>, _ box: WorldBox) -> (x: Double, y: Double)?
    {
        let origin = geometry.points[range.lowerBound]
        var (area, sumX, sumY) = (0.0, 0.0, 0.0)
        var (previousX, previousY) = (0.0, 0.0)
        for index in range.dropFirst() {
            let x = Double(Int64(geometry.points[index].x) - Int64(origin.x))
            let y = Double(Int64(geometry.points[index].y) - Int64(origin.y))
            let cross = previousX * y - x * previousY
            area += cross
            sumX += (previousX + x) * cross
            sumY += (previousY + y) * cross
            (previousX, previousY) = (x, y)
        }
        guard area != 0 else { return nil }
        return (
            sumX / (3 * area) + Double(Int64(origin.x) - Int64(box.minX)),
            sumY / (3 * area) + Double(Int64(origin.y) - Int64(box.minY))
        )
    }

    /// The middle of the widest stretch of a row inside the polygon.
    private static func widestInterval(
        _ geometry: Geometry, _ rings: Range<Int>, row: UInt32, _ crossings: inout [Double]
    ) -> Double? {
        crossings.removeAll(keepingCapacity: true)
        for ring in rings {
            let range = geometry.partRange(ring)
            guard var previous = geometry.points[range].last else { continue }
            for index in range {
                let current = geometry.points[index]
                if (previous.y <= row) != (current.y <= row) {
                    let share = Double(Int64(row) - Int64(previous.y)) / Double(Int64(current.y) - Int64(previous.y))
                    crossings.append(Double(previous.x) + share * Double(Int64(current.x) - Int64(previous.x)))
                }
                previous = current
            }
        }
        crossings.sort()
        var widest = 0.0
        var middle: Double?
        for index in stride(from: 1, to: crossings.count, by: 2) {
            let width = crossings[index] - crossings[index - 1]
            if width > widest {
                widest = width
                middle = crossings[index - 1] + width / 2
            }
        }
        return middle
    }

    /// The last resort for narrow shapes: the middles of up to 64 rows, from the middle of the box outwards.
    private static func pointOnRows(
        _ geometry: Geometry, _ rings: Range<Int>, _ box: WorldBox, _ crossings: inout [Double]
    ) -> WorldPoint? {
        let height = Int64(box.maxY - box.minY)
        let rowCount = min(height, 64)
        for step in 0..<rowCount {
            // Middle, one below, one above, two below ...
            let offset = (step & 1 == 1 ? (step + 1) / 2 : -(step / 2)) * height / rowCount
            let row = UInt32(Int64(box.minY) + min(max(height / 2 + offset, 0), height))
            guard let middle = widestInterval(geometry, rings, row: row, &crossings) else { continue }
            let point = WorldPoint(x: UInt32(min(middle + 0.5, Double(UInt32.max))), y: row)
            if isInside(point, geometry, rings) { return point }
        }
        return nil
    }
}

extension LabelPoint {
    /// The search of one polygon, with coordinates relative to the corner of its box.
    private struct Search {
        var scratch: LabelPointScratch
        let width: Double
        let height: Double
        var bestX = 0.0
        var bestY = 0.0
        var bestDistance = -Double.infinity
        var age = 0

        init(scratch: LabelPointScratch, width: Double, height: Double) {
            self.scratch = scratch
            self.width = width
            self.height = height
        }

        mutating func consider(x: Double, y: Double) {
            let distance = signedDistance(x, y)
            if distance > bestDistance { (bestX, bestY, bestDistance) = (x, y, distance) }
        }

        mutating func run() {
            scratch.cells.removeAll(keepingCapacity: true)
            guard !scratch.edges.isEmpty else { return }
            let precision = max(min(width, height) * 0.05, 1)
            // At most 32 squares along the longer side, however thin the box.
            let side = max(min(width, height), max(width, height) / 32)
            consider(x: width / 2, y: height / 2)
            // Most buildings end here: nothing can be farther inside than half the width.
            if bestDistance >= halfWidth() - precision { return }
            var y = side / 2
            while y - side / 2 < height {
                var x = side / 2
                while x - side / 2 < width {
                    addCell(x: x, y: y, halfSide: side / 2, precision: precision)
                    x += side
                }
                y += side
            }
            let distancesPerCell = 4 * scratch.edges.count
            var distances = 0
            while let cell = popCell() {
                if cell.potential - bestDistance <= precision, bestDistance > 0 { break }
                if cell.potential <= 0 || distances > LabelPoint.distanceLimit { break }
                distances += distancesPerCell
                let half = cell.halfSide / 2
                guard half > 0.25 else { continue }
                addCell(x: cell.x - half, y: cell.y - half, halfSide: half, precision: precision)
                addCell(x: cell.x + half, y: cell.y - half, halfSide: half, precision: precision)
                addCell(x: cell.x - half, y: cell.y + half, halfSide: half, precision: precision)
                addCell(x: cell.x + half, y: cell.y + half, halfSide: half, precision: precision)
            }
        }

        /// Half of the smallest width seen along the axes and across the longest edge: no circle inside is larger.
        private func halfWidth() -> Double {
            guard
                let longest = scratch.edges.lazy.filter({ $0.inverseLength > 0 })
                    .min(by: { $0.inverseLength < $1.inverseLength })
            else { return min(width, height) / 2 }
            var (least, most) = (Double.infinity, -Double.infinity)
            for edge in scratch.edges {
                let across = edge.x * longest.deltaY - edge.y * longest.deltaX
                least = min(least, across)
                most = max(most, across)
            }
            return min(width, height, (most - least) * longest.inverseLength.squareRoot()) / 2
        }

        private mutating func addCell(x: Double, y: Double, halfSide: Double, precision: Double) {
            let distance = signedDistance(x, y)
            if distance > bestDistance { (bestX, bestY, bestDistance) = (x, y, distance) }
            let potential = distance + halfSide * 1.414_213_562_373_095_1
            guard potential > 0, potential > bestDistance + precision || bestDistance <= 0 else { return }
            age += 1
            pushCell(LabelPointScratch.Cell(x: x, y: y, halfSide: halfSide, potential: potential, age: age))
        }

        /// Distance to the nearest edge; negative outside.
        private func signedDistance(_ x: Double, _ y: Double) -> Double {
            var smallest = Double.infinity
            var isInside = false
            for index in scratch.edges.indices {
                let edge = scratch.edges[index]
                let fromX = x - edge.x
                let fromY = y - edge.y
                if (fromY < 0) != (fromY < edge.deltaY) {
                    let side = edge.deltaX * fromY - edge.deltaY * fromX
                    if (side > 0) == (edge.deltaY > 0) { isInside.toggle() }
                }
                let share = min(max((fromX * edge.deltaX + fromY * edge.deltaY) * edge.inverseLength, 0), 1)
                let awayX = fromX - share * edge.deltaX
                let awayY = fromY - share * edge.deltaY
                smallest = min(smallest, awayX * awayX + awayY * awayY)
            }
            return isInside ? smallest.squareRoot() : -smallest.squareRoot()
        }

        private func isBetter(_ a: LabelPointScratch.Cell, _ b: LabelPointScratch.Cell) -> Bool {
            a.potential != b.potential ? a.potential > b.potential : a.age < b.age
        }

        private mutating func pushCell(_ cell: LabelPointScratch.Cell) {
            var index = scratch.cells.count
            scratch.cells.append(cell)
            while index > 0, isBetter(cell, scratch.cells[(index - 1) / 2]) {
                scratch.cells[index] = scratch.cells[(index - 1) / 2]
                index = (index - 1) / 2
            }
            scratch.cells[index] = cell
        }

        private mutating func popCell() -> LabelPointScratch.Cell? {
            guard let top = scratch.cells.first, let last = scratch.cells.popLast() else { return nil }
            let count = scratch.cells.count
            guard count > 0 else { return top }
            var index = 0
            while 2 * index + 1 < count {
                var child = 2 * index + 1
                if child + 1 < count, isBetter(scratch.cells[child + 1], scratch.cells[child]) { child += 1 }
                guard isBetter(scratch.cells[child], last) else { break }
                scratch.cells[index] = scratch.cells[child]
                index = child
            }
            scratch.cells[index] = last
            return top
        }
    }
}
