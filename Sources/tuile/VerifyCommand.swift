import ArgumentParser
import Foundation
import SystemIO
import TileArchives
import TileSchemas
import TileVerification

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Hold a tile archive, of any program, against the standards.",
        discussion: """
            The structure of the archive (PMTiles 3, MBTiles 1.3), every tile (Mapbox Vector Tile 2.1) and every polygon. The exit code is \
            1 when a rule is broken that must be kept; with --strict also when one is that should be. The hash over all tiles in the \
            metadata of our archives is worked out again. With --tile and --from one tile is made again from the store and compared.
            """)

    @Argument(help: "The archive.") var archive: String
    @Option(help: "Only tiles of these zooms, as 0-14 or 14; then the structure is not looked at.") var zoom: ZoomRange?
    @Option(help: "Places to name for each fault.") var places = 5
    @Flag(help: "Also fail for what should be, and not only for what must.") var strict = false
    @Flag(help: "Print the report as JSON.") var json = false
    @Option(help: "Prove that this tile, z/x/y, is what the store of --from gives.") var tile: String?
    @Option(name: .customLong("from"), help: "The store for --tile.", completion: .file(extensions: ["tuile"]))
    var store: String?
    @Option(help: "The schema file of --tile, where the archive's is not built in.") var schema: String?
    @OptionGroup var progress: ProgressOptions

    func validate() throws {
        if (tile == nil) != (store == nil) { throw ValidationError("--tile and --from go together") }
        if schema != nil, tile == nil { throw ValidationError("--schema goes with --tile") }
        if places < 0 { throw ValidationError("--places takes 0 or more, found \(places)") }
    }

    private struct Report: Encodable {
        var archive: String
        var tiles: Int
        var addressedTiles: Int
        var features: Int
        var polygons: Int
        var violations: Int
        var advice: Int
        var faults: [Row]
    }

    private struct Row: Encodable {
        var must: Bool
        var rule: String
        var message: String
        var count: Int
        var places: [String]
    }

    func run() throws {
        let reader = try TileArchiveFormat.open(archive)
        if let tile, let store { return try prove(tile, of: reader, from: store) }
        let line = ProgressLine(progress.progress)
        line.begin("verifying")
        defer { line.end() }
        let format = try TileArchiveFormat(at: archive)?.title ?? ""
        let total = try reader.counts().entries
        let found = try ArchiveVerification(
            reader, format: format, zooms: zoom?.zooms ?? 0...31, placeLimit: places
        ) { line.update($0, of: total, unit: "tiles") }
        line.end()
        var out = StandardOutput()
        if json {
            try out.append(
                JSONText.of(
                    Report(
                        archive: archive, tiles: found.tileCount, addressedTiles: found.addressedTiles,
                        features: found.featureCount, polygons: found.polygonCount, violations: found.violationCount,
                        advice: found.adviceCount,
                        faults: found.faults.map {
                            Row(
                                must: $0.isViolation, rule: $0.rule, message: $0.message, count: $0.count,
                                places: $0.places)
                        })))
        } else {
            try out.append(text(found))
        }
        try out.flush()
        if found.violationCount > 0 || strict && found.adviceCount > 0 {
            throw CommandFailure(status: .notSo, message: "")
        }
    }

    private func prove(_ text: String, of reader: any TileArchiveReader, from store: String) throws {
        let tile = try TileProof.coordinate(text)
        let proof = try TileProof(
            reader, path: archive, store: store, stated: try schema.map { try SchemaOptions.file($0).schema })
        let isProved = try proof.holds(at: tile)
        var out = StandardOutput()
        try out.append("\(archive): tile \(tile) \(isProved ? "is" : "is not") what \(store) gives\n")
        for line in proof.differences { try out.append("  \(line)\n") }
        try out.flush()
        if !isProved { throw CommandFailure(status: .notSo, message: "") }
    }

    private func text(_ found: ArchiveVerification) -> String {
        var text =
            "\(archive): \(ByteText.grouped(found.tileCount)) tiles, \(ByteText.grouped(found.featureCount)) features, "
            + "\(ByteText.grouped(found.polygonCount)) polygons looked at\n"
        for fault in found.faults {
            text +=
                "\(fault.isViolation ? "must  " : "should") \(ByteText.grouped(fault.count))x \(fault.rule): \(fault.message)\n"
            if !fault.places.isEmpty {
                text +=
                    "       at \(fault.places.joined(separator: "; "))\(fault.places.count < fault.count ? "; …" : "")\n"
            }
        }
        if found.faults.isEmpty { text += "no fault\n" }
        if zoom == nil {
            text +=
                found.statedTreeRoot.map { "hash over all tiles \($0)\n" } ?? "no hash over all tiles in the metadata\n"
        }
        return text
    }
}
