import ByteCoding
import PlanarGeometry
import SystemIO
public import TileArchives
import VectorTiles

/// Holds an archive against what it must be: its own structure, MVT 2.1 for every tile, and validity for every polygon.
public struct ArchiveVerification: Sendable {
    /// One rule that is broken, and where.
    public struct Fault: Equatable, Sendable {
        /// Whether a MUST is broken; otherwise it is a SHOULD.
        public var isViolation: Bool
        /// "PMTiles 3", "MBTiles 1.3", "MVT 2.1, 4.3.3.2".
        public var rule: String
        /// What is wrong, of the first place; numbers in it are of that place.
        public var message: String
        public var count: Int
        /// The first places, "14/8624/5752 buildings 17" (tile, layer, feature from 0).
        public var places: [String]
    }

    /// Tiles that were read; equal neighbours count once.
    public private(set) var tileCount = 0
    /// Positions that they stand for.
    public private(set) var addressedTiles = 0
    public private(set) var featureCount = 0
    public private(set) var polygonCount = 0
    /// The root of the hash tree that the metadata state; `nil` for archives that have none.
    public let statedTreeRoot: String?
    /// In the order in which they were met.
    public private(set) var faults: [Fault] = []

    private var rows: [String: Int] = [:]
    private var scratch = WorldPolygonRepairScratch()
    private let placeLimit: Int
    private var tree = TileHashTree()

    /// A tile unpacks to at most this many bytes; far above what any client takes.
    private static let unpackedLimit = 1 << 28
    /// Findings that are looked for in one tile.
    private static let findingLimit = 10_000

    /// Reads the whole archive. What makes reading impossible is thrown; everything else is a fault.
    ///
    /// - Parameters:
    ///   - zooms: other tiles are passed over, and the structure is not looked at unless all are wanted.
    ///   - placeLimit: places that each fault names at most.
    ///   - progress: told of tiles done.
    public init(
        _ reader: any TileArchiveReader, format: String, zooms: ClosedRange<UInt8> = 0...31, placeLimit: Int = 5,
        progress: ((Int) -> Void)? = nil
    ) throws {
        self.placeLimit = placeLimit
        statedTreeRoot = reader.metadata[.tileTreeRoot]
        if zooms == 0...31 {
            for message in try reader.structureFaults() {
                add(Finding(isViolation: true, rule: format, message: message, place: ""))
            }
        }
        let decompressor = Decompressor()
        let isVector = reader.metadata.format == .vector
        try reader.forEachRun { first, count, tile in
            guard zooms.contains(first.zoom) else { return }
            tileCount += 1
            addressedTiles += count
            if isVector { verify(tile, at: first, count: count, decompressor) }
            progress?(tileCount)
        }
        if let statedTreeRoot, isVector, zooms == 0...31 {
            let found = hexadecimal(tree.root())
            if found != statedTreeRoot {
                add(
                    Finding(
                        isViolation: true, rule: "provenance",
                        message: "the metadata state tile_tree_root \(statedTreeRoot), the tiles have \(found)",
                        place: ""))
            }
        }
    }

    /// Faults of the kind that must not be.
    public var violationCount: Int { faults.reduce(0) { $0 + ($1.isViolation ? $1.count : 0) } }
    public var adviceCount: Int { faults.reduce(0) { $0 + ($1.isViolation ? 0 : $1.count) } }

    private struct Finding {
        var isViolation: Bool
        var rule: String
        var message: String
        var place: String
    }

    private mutating func verify(
        _ tile: EncodedTile, at place: TileCoordinate, count: Int, _ decompressor: Decompressor
    ) {
        guard let bytes = unpacked(tile, at: place, decompressor) else { return }
        tree.add(TileHashTree.digest(ofTile: bytes.byteSpan), from: place, count: count)
        countFeatures(bytes)
        let limit = ArchiveVerification.findingLimit
        add(VectorTileValidator.findings(in: bytes.byteSpan, limit: limit), place)
        add(VectorTileValidator.invalidPolygons(in: bytes.byteSpan, limit: limit, scratch: &scratch), place)
    }

    /// `nil`, and a fault, for what cannot be unpacked.
    private mutating func unpacked(
        _ tile: EncodedTile, at place: TileCoordinate, _ decompressor: Decompressor
    ) -> [UInt8]? {
        let message: String
        do {
            switch tile.compression {
            case .gzip: return try decompressor.gzip(tile.bytes.byteSpan, limit: ArchiveVerification.unpackedLimit)
            case .none, .unknown: return tile.bytes
            case .brotli, .zstd: message = "packed with \(tile.compression), which is not read here"
            }
        } catch { message = "\(error)" }
        add(Finding(isViolation: true, rule: "packing", message: message, place: "\(place)"))
        return nil
    }

    private mutating func countFeatures(_ bytes: [UInt8]) {
        var tile = VectorTile(bytes.byteSpan)
        do throws(VectorTileError) {
            while var layer = try tile.nextLayer() {
                while let feature = try layer.nextFeature() {
                    featureCount += 1
                    if feature.type == .polygon { polygonCount += 1 }
                }
            }
        } catch {
            // The validator tells what is wrong.
        }
    }

    private mutating func add(_ findings: [VectorTileFinding], _ place: TileCoordinate) {
        for finding in findings {
            let layer = finding.layer.map { " \($0)" } ?? ""
            let feature = finding.feature.map { " \($0)" } ?? ""
            add(
                Finding(
                    isViolation: finding.severity == .violation, rule: "MVT 2.1, \(finding.section)",
                    message: finding.message, place: "\(place)\(layer)\(feature)"))
        }
    }

    /// Findings that differ in numbers only are one fault.
    private mutating func add(_ finding: Finding) {
        let key = finding.rule + finding.message.filter { !$0.isNumber && $0 != "-" }
        if let row = rows[key] {
            faults[row].count += 1
            if faults[row].places.count < placeLimit, !finding.place.isEmpty {
                faults[row].places.append(finding.place)
            }
            return
        }
        rows[key] = faults.count
        faults.append(
            Fault(
                isViolation: finding.isViolation, rule: finding.rule, message: finding.message, count: 1,
                places: finding.place.isEmpty ? [] : [finding.place]))
    }
}
