import Glibc
import PlanarGeometry
import TestSupport

/// Random polygons of the kinds that break repair code, in tile units.
enum RandomPolygons {
    enum Kind: CaseIterable {
        case star, walk, smallGrid, rectilinear, bowTies, sliver, holes, overlapping, islands, spiky, wide
    }

    static func make(_ kind: Kind, _ generator: inout SeededGenerator) -> TilePolygonPath {
        func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }
        func point(_ side: Int) -> TilePoint { TilePoint(x: Int32(number(0...side)), y: Int32(number(0...side))) }
        func star(_ x: Int, _ y: Int, _ radius: Int, _ count: Int) -> [TilePoint] {
            (0..<count).map { index in
                let angle = (Double(index) + Double(number(0...90)) / 100) / Double(count) * 2 * Double.pi
                let length = Double(number(radius / 4...radius))
                return TilePoint(x: Int32(Double(x) + cos(angle) * length), y: Int32(Double(y) + sin(angle) * length))
            }
        }
        func walk(_ count: Int, _ step: Int) -> [TilePoint] {
            var (x, y) = (number(0...100), number(0...100))
            return (0..<count).map { _ in
                x += number(-step...step)
                y += number(-step...step)
                return TilePoint(x: Int32(x), y: Int32(y))
            }
        }
        func rectangle(_ side: Int) -> [TilePoint] {
            let (a, b) = (point(side), point(side))
            let ring = [a, TilePoint(x: b.x, y: a.y), b, TilePoint(x: a.x, y: b.y)]
            return number(0...1) == 0 ? ring : ring.reversed()
        }
        switch kind {
        case .star:
            return TilePolygonPath(polygons: [[star(50, 50, number(4...60), number(3...40))]])
        case .walk:
            return TilePolygonPath(polygons: [[walk(number(3...40), number(1...30))]])
        case .smallGrid:
            let side = number(1...6)
            return TilePolygonPath(
                polygons: (0..<number(1...3)).map { _ in
                    (0..<number(1...3)).map { _ in (0..<number(1...12)).map { _ in point(side) } }
                })
        case .rectilinear:
            // Alternating horizontal and vertical edges: all crossings lie on the grid.
            return TilePolygonPath(
                polygons: (0..<number(1...2)).map { _ in
                    (0..<number(1...2)).map { _ in
                        var ring: [TilePoint] = [point(12)]
                        for _ in 0..<number(1...6) {
                            let next = point(12)
                            ring.append(TilePoint(x: next.x, y: ring[ring.count - 1].y))
                            ring.append(next)
                        }
                        ring.append(TilePoint(x: ring[0].x, y: ring[ring.count - 1].y))
                        return ring
                    }
                })
        case .bowTies:
            return TilePolygonPath(
                polygons: [
                    [
                        (0..<number(2...8)).flatMap { index in
                            [
                                TilePoint(x: Int32(index * 10), y: Int32(number(0...9))),
                                TilePoint(x: Int32(index * 10 + number(0...9)), y: Int32(number(-9...20))),
                            ]
                        }
                    ]
                ])
        case .sliver:
            let count = number(3...12)
            let slope = number(-3...3)
            var ring = (0..<count).map { TilePoint(x: Int32($0 * 9), y: Int32($0 * slope + number(0...1))) }
            ring += ring.reversed().map { TilePoint(x: $0.x + Int32(number(-2...2)), y: $0.y + Int32(number(-1...1))) }
            return TilePolygonPath(polygons: [[ring]])
        case .holes:
            let shell = star(50, 50, 60, number(5...20))
            let holes = (0..<number(1...6)).map { _ in star(number(10...90), number(10...90), number(4...30), 6) }
            // Often a hole that shares a stretch of the shell.
            let shared = number(0...2) == 0 ? [Array(shell.prefix(3)) + [TilePoint(x: 50, y: 50)]] : []
            return TilePolygonPath(polygons: [[shell] + holes + shared])
        case .overlapping:
            return TilePolygonPath(
                polygons: (0..<number(2...6)).map { _ in
                    [rectangle(20)] + (0..<number(0...2)).map { _ in rectangle(20) }
                })
        case .islands:
            return TilePolygonPath(
                polygons: (0..<number(1...5)).map { level in
                    let radius = 60 - level * 12
                    return [
                        star(64, 64, radius, number(6...16)),
                        star(64, 64, max(radius - number(3...20), 4), number(4...12)),
                    ]
                })
        case .wide:
            // Long segments over the whole range of coordinates.
            func far() -> Int32 { Int32(number(-32767...32767)) }
            return TilePolygonPath(
                polygons: [
                    (0..<number(1...2)).map { _ in (0..<number(3...25)).map { _ in TilePoint(x: far(), y: far()) } }
                ])
        case .spiky:
            var ring = star(40, 40, 40, number(4...14))
            for _ in 0..<number(1...5) {
                let index = number(0...ring.count - 1)
                ring.insert(contentsOf: [ring[index], point(80), ring[index], ring[index]], at: index)
            }
            return TilePolygonPath(polygons: [[ring]])
        }
    }
}
