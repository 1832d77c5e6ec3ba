import ArgumentParser
import FeatureQueries
import FeatureStorage
import Foundation
import OSMImport
import PlanarGeometry
import SystemIO

/// What an import makes of the coastline.
struct SeaOptionGroup: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The sea: auto, land, ocean, none.",
            discussion: """
                It is derived from natural=coastline inside the extract's bounds. Where an extract has no coastline, auto looks \
                for objects of the land and the sea, land and ocean say that all of it is one; none makes no sea at all.
                """), transform: SeaOptionGroup.mode)
    var sea: SeaMode = .auto
    @Option(
        parsing: .unconditional,
        help: """
            The extract's bounds, to which the sea reaches: west,south,east,north in degrees (default: those of the file where \
            they fit its nodes, else the box of the nodes). West above east crosses 180 degrees.
            """)
    var bounds: String?
    @Option(
        help: "The extract's polygon, to which the sea reaches: a .poly file of osmosis, or GeoJSON.",
        completion: .file(extensions: ["poly", "geojson", "json"]))
    var polygon: String?

    func validate() throws {
        if bounds != nil, polygon != nil { throw ValidationError("--bounds and --polygon exclude each other") }
    }

    private static func mode(_ text: String) throws -> SeaMode {
        guard let mode = SeaMode(rawValue: text) else {
            let known = SeaMode.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--sea takes one of \(known), found '\(text)'")
        }
        return mode
    }

    /// Whether any of the options differs from its default.
    var isStated: Bool { sea != .auto || bounds != nil || polygon != nil }

    func options() throws -> SeaOptions {
        var options = SeaOptions()
        options.mode = sea
        if let bounds {
            let box = try QueryBox(parsing: bounds)
            guard box.west != box.east, box.south != box.north else {
                throw CommandFailure(
                    status: .wrongUse, message: "--bounds \(bounds): has no area, so no sea lies in it")
            }
            options.bounds = (
                GeoCoordinate(longitude: box.west, latitude: box.south),
                GeoCoordinate(longitude: box.east, latitude: box.north)
            )
        }
        options.polygon = try polygon.map(PolygonFile.read)
        return options
    }
}

/// What the program says of a store's sea.
struct SeaReport: Encodable {
    /// coastline, context (no coastline, other objects decided) or stated (no coastline, an option decided).
    var from: String
    var pieces: Int
    /// Of the extract's bounds, on the Mercator plane.
    var share: Double

    init(_ sea: StoreMetadata.Sea) {
        from = sea.derivation.rawValue
        pieces = sea.pieces
        share = Double(sea.partsPerMillion) / 1_000_000
    }

    var text: String {
        let origin =
            from == "coastline"
            ? "from the coastline" : from == "context" ? "no coastline, judged by the rest" : "as stated"
        return
            "\(String(format: "%.1f", share * 100)) % of the bounds, \(pieces) \(pieces == 1 ? "piece" : "pieces"), \(origin)"
    }
}
