import ArgumentParser
import FeatureQueries
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
        for input in inputs { try OutputPath.check(path, input: input, replacing: replacing) }
        self.path = path
        self.format = format
    }

    func pmtiles(_ tiles: TileFormat) throws -> PMTilesWriter {
        try PMTilesWriter(
            path: path, tileCompression: tiles == .vector || tiles == .mapLibre || tiles == .unknown ? .gzip : .none)
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

    /// Throws for bounds that cannot be read.
    func box() throws -> QueryBox? { try bounds.map { try QueryBox(parsing: $0) } }
}
