import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import TileSchemas

/// A coast drawn with characters of a text, imported, and asked where there is sea.
///
/// Coordinates are thousandths of a degree, so that ten of them are about a kilometre; the bounds are 0 to 100 in both.
struct MadeUpSea {
    let imported: ImportedStore
    private let pieces: [Geometry]
    private let cells: [Geometry]

    /// One way of coast: its points as `x,y` in thousandths of a degree; equal places are the same node.
    struct Coast {
        var points: [(Double, Double)]

        init(_ text: String) {
            points = text.split(separator: " ").map { word in
                let numbers = word.split(separator: ",").map { Double($0) ?? .nan }
                return (numbers[0], numbers[1])
            }
        }
    }

    static let square = (
        southWest: GeoCoordinate(longitude: 0, latitude: 0),
        northEast: GeoCoordinate(longitude: 1_000_000, latitude: 1_000_000)
    )

    /// Ways get ids from 1 on; `more` are further elements, see `OSMBuilder`.
    init(
        _ coasts: [String], more: String = "", offset: (Double, Double) = (0, 0), threads: Int = 1,
        configure: (inout SeaOptions) -> Void = { $0.bounds = MadeUpSea.square }
    ) async throws {
        var builder = try OSMBuilder(more)
        var nodes: [String: Int64] = [:]
        for (number, text) in coasts.enumerated() {
            var references: [Int64] = []
            for (x, y) in Coast(text).points {
                let key = "\(x),\(y)"
                if nodes[key] == nil {
                    let id = Int64(nodes.count) + 1
                    nodes[key] = id
                    var longitude = (x / 1000 + offset.0)
                    if longitude > 180 { longitude -= 360 }
                    builder.addNode(
                        id,
                        GeoCoordinate(
                            longitude: Int32((longitude * 1e7).rounded()),
                            latitude: Int32(((y / 1000 + offset.1) * 1e7).rounded())))
                }
                references.append(nodes[key] ?? 0)
            }
            builder.addWay(Int64(number) + 1, references, [("natural", "coastline")])
        }
        try await self.init(builder, threads: threads, configure: configure)
    }

    init(_ builder: OSMBuilder, threads: Int = 1, configure: (inout SeaOptions) -> Void) async throws {
        var options = SeaOptions()
        configure(&options)
        let imported = try await ImportedStore(builder, threads: threads, sea: options)
        var pieces: [Geometry] = []
        var cells: [Geometry] = []
        for number in 0..<imported.store.recordCount {
            let feature = try imported.store.feature(number)
            let tags = try imported.tags(ofRecord: number)
            guard feature.isDerived, let value = tags[DerivedSea.key],
                let geometry = try imported.store.geometry(of: feature)
            else { continue }
            if value == DerivedSea.overview { pieces.append(geometry) } else { cells.append(geometry) }
        }
        self.imported = imported
        self.pieces = pieces
        self.cells = cells
    }

    var pieceCount: Int { pieces.count }

    var share: Double { Double(imported.report.metadata.sea?.partsPerMillion ?? -1) / 1_000_000 }

    /// Kinds of problems of coastlines with their ways, as `coastline-gap w1`.
    var problems: [String] {
        imported.report.problems.filter { $0.kind.word.hasPrefix("coastline") }.map { "\($0.kind.word) \($0.element)" }
    }

    /// Whether there is sea at a place in thousandths of a degree; `nil` when the whole pieces and the cells disagree.
    func isSea(_ x: Double, _ y: Double, offset: (Double, Double) = (0, 0)) -> Bool? {
        var longitude = x / 1000 + offset.0
        if longitude > 180 { longitude -= 360 }
        let point = WebMercator.worldPoint(
            GeoCoordinate(
                longitude: Int32((longitude * 1e7).rounded()),
                latitude: Int32(((y / 1000 + offset.1) * 1e7).rounded())))
        return isSea(point)
    }

    func isSea(_ point: WorldPoint) -> Bool? {
        func isIn(_ geometries: [Geometry]) -> Bool {
            geometries.contains { PointInPolygon.locate(point, in: $0) == .inside }
        }
        let whole = isIn(pieces)
        return whole == isIn(cells) ? whole : nil
    }

    /// A letter for each place: `~` sea, `.` land, `?` where pieces and cells disagree.
    func picture(_ places: String) -> String {
        String(
            Coast(places).points.map { x, y -> Character in
                switch isSea(x, y) {
                case true?: "~"
                case false?: "."
                case nil: "?"
                }
            })
    }
}
