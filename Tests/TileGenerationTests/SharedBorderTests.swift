import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing
import TileSchemas

@testable import TileGeneration

@Suite("Shared borders in tiles")
struct SharedBorderTests {
    /// A square of 3 by 3 cells, its corners at 500 and 3500 of a tile. Borders are ways of many nodes that cells share as members; every
    /// third cell is a closed way of the same nodes.
    static func cells(in tile: TileCoordinate, seed: UInt64) -> OSMBuilder {
        var generator = SeededGenerator(seed: seed)
        var builder = OSMBuilder()
        var nextNode: Int64 = 1
        func node(_ x: Double, _ y: Double) -> Int64 {
            builder.addNode(nextNode, tile.place(x, y))
            nextNode += 1
            return nextNode - 1
        }
        func place(_ index: Int) -> Double { 500 + 1000 * Double(index) }
        let joints = (0...3).map { row in (0...3).map { column in node(place(column), place(row)) } }
        /// All nodes of a border between joints, its ends among them.
        func border(_ column: Int, _ row: Int, isAcross: Bool) -> [Int64] {
            let isOutside = isAcross ? row % 3 == 0 : column % 3 == 0
            var nodes = [joints[row][column]]
            for step in 1..<80 {
                let along = place(isAcross ? column : row) + 1000 * Double(step) / 80
                // Near a joint it stays near its line, so that it does not cross others there.
                let reach: Double = isOutside ? 0 : min(40, 7 * Double(min(step, 80 - step)))
                let off = place(isAcross ? row : column) + .random(in: -reach...reach, using: &generator)
                nodes.append(isAcross ? node(along, off) : node(off, along))
            }
            nodes.append(isAcross ? joints[row][column + 1] : joints[row + 1][column])
            return nodes
        }
        let across = (0...3).map { row in (0..<3).map { border($0, row, isAcross: true) } }
        let down = (0..<3).map { row in (0...3).map { border($0, row, isAcross: false) } }
        for (row, borders) in across.enumerated() {
            for (column, nodes) in borders.enumerated() { builder.addWay(100 + Int64(row * 10 + column), nodes) }
        }
        for (row, borders) in down.enumerated() {
            for (column, nodes) in borders.enumerated() {
                builder.addWay(200 + Int64(row * 10 + column), nodes.reversed())
            }
        }
        for row in 0..<3 {
            for column in 0..<3 {
                let number = Int64(row * 3 + column)
                if number % 3 == 0 {
                    var ring = across[row][column].dropLast() + down[row][column + 1].dropLast()
                    ring += across[row + 1][column].reversed().dropLast() + down[row][column].reversed().dropLast()
                    let turn = Int.random(in: 0..<ring.count, using: &generator)
                    ring = ring[turn...] + ring[..<turn]
                    builder.addWay(300 + number, RandomMap.closed(Array(ring)), [("ground", "\(number)")])
                    continue
                }
                let ways = [
                    100 + row * 10 + column, 110 + row * 10 + column, 200 + row * 10 + column, 201 + row * 10 + column,
                ].shuffled(using: &generator)
                let members = ways.map { RelationMember(element: ElementID(.way, Int64($0)), role: "outer") }
                builder.addRelation(number + 1, members, [("type", "multipolygon"), ("ground", "\(number)")])
            }
        }
        return builder
    }

    @Test(
        "Areas that share borders fill the square that they divide: no gap and no overlap, simplified or not",
        arguments: [5, 8, 10, 12, 13, 14] as [UInt8])
    func partition(zoom: UInt8) async throws {
        let tile = TileCoordinate(zoom, 20, 12)
        let imported = try await ImportedStore(Self.cells(in: tile, seed: UInt64(zoom)), schema: .plain)
        let features = try imported.tile(tile).features("ground")
        #expect(features.count == 9)
        let area = features.reduce(0) { $0 + TileArea.area($1.path, inside: TileArea.tile) }
        #expect(area == 9_000_000)
        let vertices = features.reduce(0) { $0 + $1.path.points.count }
        #expect(zoom == 14 ? vertices > 2000 : vertices < 2600)
    }
}
