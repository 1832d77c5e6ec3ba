import OSMModel
import PlanarGeometry
import TileGeneration
import TileSchemas

extension TileSchema {
    /// A schema without subtleties: what has the key `point`, `line`, `road`, `area` or `late` goes into that layer.
    /// `road` lines are joined below zoom 14 and ordered by rank, `area` polygons by size, `late` ones come at zoom 10.
    static let plain = TileSchema(
        name: "plain", version: "1", summary: "for tests", languages: [],
        layers: [
            layer("point", .point, shapes: .pointsAndAreas),
            layer("line", .line, shapes: .lines),
            layer(
                "road", .line, shapes: .lines, detail: LayerDetail(joinsLinesBelowZoom: 14),
                order: FeatureOrder(ranks: [
                    .table([RankEntry(.valueIn("road", ["minor"]), 1), RankEntry(.valueIn("road", ["major"]), 2)])
                ])),
            layer("ground", .polygon, shapes: .areas, order: FeatureOrder(measure: .mercatorArea)),
            layer("late", .polygon, shapes: .areas, from: 10),
        ])

    private static func layer(
        _ id: String, _ geometry: LayerGeometry, shapes: FeatureShapes, detail: LayerDetail = LayerDetail(),
        order: FeatureOrder = .none, from zoom: Int = 0
    ) -> TileLayer {
        TileLayer(
            id: id, summary: "", geometry: geometry, detail: detail, order: order,
            rules: [
                LayerRule(
                    filter: .hasKey(id), shapes: shapes, closedWays: .always, minimumZoom: zoom,
                    attributes: [AttributeRule("kind", .tag(id))])
            ])
    }
}

extension TileCoordinate {
    /// A tile that is sure to exist.
    init(_ zoom: UInt8, _ x: UInt32, _ y: UInt32) {
        let side: UInt32 = 1 << (32 - UInt32(zoom))
        self.init(containing: WorldPoint(x: zoom == 0 ? 0 : x * side, y: zoom == 0 ? 0 : y * side), zoom: zoom)
    }

    /// The coordinate of a place in the tile, in tile units; off by less than a tenth of one up to zoom 14.
    func place(_ x: Double, _ y: Double) -> GeoCoordinate {
        let unit = Double(TileCoordinate.side(zoom: zoom)) / 4096
        return WebMercator.coordinate(
            WorldPoint(
                x: UInt32((Double(box.minX) + x * unit).rounded()), y: UInt32((Double(box.minY) + y * unit).rounded())))
    }

    /// A grid coordinate pair in tile units, rounded half up, straight from the definition.
    func directlyRounded(_ point: WorldPoint) -> TilePoint {
        let side = Int64(TileCoordinate.side(zoom: zoom))
        func round(_ value: UInt32, _ origin: UInt32) -> Int32 {
            let scaled = (Int64(value) - Int64(origin)) * 4096 + side / 2
            return Int32(scaled >= 0 ? scaled / side : -((-scaled + side - 1) / side))
        }
        return TilePoint(x: round(point.x, box.minX), y: round(point.y, box.minY))
    }
}

extension OSMBuilder {
    /// Adds nodes from `first` on for places in a tile, and returns their ids.
    mutating func addNodes(_ first: Int64, in tile: TileCoordinate, _ places: [(Double, Double)]) -> [Int64] {
        for (offset, place) in places.enumerated() { addNode(first + Int64(offset), tile.place(place.0, place.1)) }
        return places.indices.map { first + Int64($0) }
    }

    /// Adds a closed way through places in a tile.
    mutating func addRing(
        _ id: Int64, in tile: TileCoordinate, _ places: [(Double, Double)], _ tags: [(key: String, value: String)] = []
    ) {
        let nodes = addNodes(id * 1000, in: tile, places)
        addWay(id, nodes + nodes.prefix(1), tags)
    }
}

extension ImportedStore {
    func generator(_ schema: TileSchema = .plain) -> TileGenerator {
        TileGenerator(store: store, recipe: TileRecipe(schema: schema, programVersion: "test"))
    }

    /// One tile, decoded.
    func tile(_ coordinate: TileCoordinate, _ schema: TileSchema = .plain) throws -> DecodedTile {
        let generator = generator(schema)
        var scratch = TileScratch(generator)
        return try DecodedTile(generator.makeTile(at: coordinate, scratch: &scratch))
    }
}

extension DecodedTile {
    func features(_ layer: String) -> [Feature] { layers.first { $0.name == layer }?.features ?? [] }
}

/// Areas the slow way.
enum TileArea {
    /// Signed area of rings inside a box, in square units (Sutherland and Hodgman 1974); holes count against their exteriors.
    static func area(_ path: TilePath, inside box: TileBox) -> Double {
        (0..<path.partCount).reduce(0) {
            $0 + area(path.points[path.partRange($1)].map { (Double($0.x), Double($0.y)) }, box)
        }
    }

    static func area(_ ring: [(x: Double, y: Double)], _ box: TileBox) -> Double {
        let sides: [((x: Double, y: Double)) -> Double] = [
            { $0.x - Double(box.minX) }, { Double(box.maxX) - $0.x }, { $0.y - Double(box.minY) },
            { Double(box.maxY) - $0.y },
        ]
        var points = ring
        for side in sides {
            var kept: [(x: Double, y: Double)] = []
            for (index, current) in points.enumerated() {
                let previous = points[(index + points.count - 1) % points.count]
                let (before, after) = (side(previous), side(current))
                if (before >= 0) != (after >= 0) {
                    let share = before / (before - after)
                    kept.append(
                        (previous.x + share * (current.x - previous.x), previous.y + share * (current.y - previous.y)))
                }
                if after >= 0 { kept.append(current) }
            }
            points = kept
            if points.isEmpty { return 0 }
        }
        return points.indices.reduce(0) { sum, index in
            let (current, previous) = (points[index], points[(index + points.count - 1) % points.count])
            return sum + (previous.x * current.y - current.x * previous.y) / 2
        }
    }

    static let tile = TileBox(minX: 0, minY: 0, maxX: 4096, maxY: 4096)
}
