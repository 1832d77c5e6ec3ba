import ArgumentParser
import FeatureQueries
import OSMImport
import PlanarGeometry
import SystemIO
import TileArchives

/// An archive to be written, by the end of its name.
struct ArchiveOutput {
    let path: String
    let format: TileArchiveFormat

    /// Refuses names that say no format, and files that exist unless they are to be replaced.
    init(_ path: String, inputs: [String], replacing: Bool) throws {
        guard let format = TileArchiveFormat(ofName: path) else {
            throw CommandFailure(
                status: .wrongUse, message: "\(path): an archive's name ends in \(TileArchiveFormat.endings)")
        }
        let isFolder = format == .directory
        let path = isFolder ? AtomicFolder.withoutSlashes(path) : path
        for input in inputs { try OutputPath.check(path, input: input, replacing: replacing, isFolder: isFolder) }
        if isFolder, FileStatus.exists(path) {
            guard FileStatus.isDirectory(path), TileDirectoryReader.holdsNothingElse(path) else {
                throw CommandFailure(
                    status: .noOutput, message: "\(path): holds something else than tiles, so it is not replaced")
            }
        }
        self.path = path
        self.format = format
    }

    func pmtiles(_ tiles: TileFormat) throws -> PMTilesWriter {
        try PMTilesWriter(
            path: path, tileCompression: tiles == .vector || tiles == .mapLibre || tiles == .unknown ? .gzip : .none)
    }

    func directory(_ tiles: TileFormat) throws -> TileDirectoryWriter {
        try TileDirectoryWriter(path: path, format: tiles)
    }

    func mbtiles() throws -> MBTilesWriter { try MBTilesWriter(path: path) }
}

/// Which tiles, as several verbs ask.
struct TileSelectionOptions: ParsableArguments {
    @Option(help: "Zooms, as 0-14 or 14.") var zoom: ZoomRange?
    @Option(
        parsing: .unconditional,
        help: "Only tiles that touch this box: west,south,east,north in degrees; west above east crosses 180.")
    var bounds: String?
    @Option(
        help: "Only tiles that touch this area: a .poly file of osmosis, or GeoJSON with polygons.",
        completion: .file(extensions: ["poly", "geojson", "json"]))
    var polygon: String?

    func validate() throws {
        if bounds != nil, polygon != nil { throw ValidationError("--bounds and --polygon exclude each other") }
    }

    /// Where tiles are wanted.
    struct Area {
        var region: WorldRegion
        /// Around it, in degrees.
        var bounds: TilesetMetadata.Bounds
    }

    /// `nil` for everywhere. Throws for bounds and files that cannot be read.
    func area() throws -> Area? {
        if let bounds {
            let box = try QueryBox(parsing: bounds)
            return Area(region: WorldRegion(boxes: box.worldBoxes), bounds: box.tilesetBounds)
        }
        guard let polygon = try polygon.map(PolygonFile.read), let (low, high) = polygon.bounds else { return nil }
        return Area(
            region: polygon.region,
            bounds: .init(
                west: Double(low.longitude) / 1e7, south: Double(low.latitude) / 1e7,
                east: Double(high.longitude) / 1e7,
                north: Double(high.latitude) / 1e7))
    }
}

extension QueryBox {
    fileprivate var tilesetBounds: TilesetMetadata.Bounds {
        .init(
            west: Double(west) / 1e7, south: Double(south) / 1e7, east: Double(east) / 1e7, north: Double(north) / 1e7)
    }
}
