import Foundation
import SystemIO
import TileArchives

/// What `info` says of an archive.
struct ArchiveDescription: Encodable {
    var path: String
    var bytes: Int
    var format: String
    var tiles: String
    var name: String?
    var summary: String?
    var minimumZoom: Int
    var maximumZoom: Int
    /// Degrees: west, south, east, north.
    var bounds: [Double]
    /// Degrees of longitude and latitude, and a zoom.
    var center: [Double]?
    var addressedTiles: Int?
    var entries: Int?
    var contents: Int?
    var attribution: String?
    var licence: String?
    var dataDate: String?
    var sourceSHA256: String?
    var generator: String?
    var schemaName: String?
    var schemaHash: String?
    var layers: [Layer]

    struct Layer: Encodable {
        var id: String
        var minimumZoom: Int?
        var maximumZoom: Int?
        var fields: [String]
    }

    init(at path: String) throws {
        let reader = try TileArchiveFormat.open(path)
        let metadata = reader.metadata
        let counts = try reader.counts()
        self.path = path
        let format = try TileArchiveFormat(at: path)
        bytes = format == .directory ? FolderTree.byteCount(path) : FileStatus.identity(path)?.byteCount ?? 0
        self.format = format?.rawValue ?? ""
        tiles = metadata.format.mediaType
        name = metadata.name
        summary = metadata.description
        minimumZoom = Int(metadata.minZoom)
        maximumZoom = Int(metadata.maxZoom)
        bounds = [metadata.bounds.west, metadata.bounds.south, metadata.bounds.east, metadata.bounds.north]
        center = metadata.center.map { [$0.longitude, $0.latitude, Double($0.zoom)] }
        addressedTiles = counts.addressedTiles
        entries = counts.entries
        contents = counts.contents
        attribution = metadata.attribution
        licence = metadata[.licence]
        dataDate = metadata[.dataDate]
        sourceSHA256 = metadata[.sourceSHA256]
        generator = metadata[.generator]
        schemaName = metadata[.schemaName]
        schemaHash = metadata[.schemaHash]
        layers = (metadata.vectorLayers ?? []).map { layer in
            Layer(
                id: layer.id, minimumZoom: layer.minZoom.map(Int.init), maximumZoom: layer.maxZoom.map(Int.init),
                fields: layer.fields.map(\.name))
        }
    }

    func write(asJSON json: Bool) throws {
        var out = StandardOutput()
        try out.append(json ? JSONText.of(self) : lines)
        try out.flush()
    }

    private var lines: String {
        var text = ""
        func row(_ title: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            text += title.padding(toLength: 12, withPad: " ", startingAt: 0) + value + "\n"
        }
        row("archive", "\(path), \(ByteText.grouped(bytes)) bytes, \(format)")
        row("name", name)
        row("summary", summary)
        let number = addressedTiles.map { ByteText.grouped($0) } ?? "unknown number"
        row("tiles", "\(number), \(tiles)" + (contents.map { ", \(ByteText.grouped($0)) different" } ?? ""))
        row("zooms", "\(minimumZoom) to \(maximumZoom)")
        row("bounds", bounds.map { String($0) }.joined(separator: ", "))
        row("data date", dataDate)
        row("sha256", sourceSHA256)
        row("made by", generator)
        row("schema", schemaName.map { "\($0) \(schemaHash ?? "")" })
        row("attribution", attribution)
        row("licence", licence)
        for layer in layers {
            let zooms = layer.minimumZoom.flatMap { low in layer.maximumZoom.map { " zooms \(low) to \($0)" } } ?? ""
            row("layer", "\(layer.id)\(zooms): \(layer.fields.joined(separator: ", "))")
        }
        return text
    }
}
