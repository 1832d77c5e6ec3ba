import ByteCoding
public import PlanarGeometry
import SystemIO

/// Reads tiles that lie as files in folders, `z/x/y.pbf` (or `.mvt`, or a picture's ending) with rows from the north, from any
/// program. `metadata.json` may be that of GDAL and tippecanoe, a TileJSON, or missing.
///
/// Files whose names are no tile's are passed over. Calls from several threads do not disturb each other.
public final class TileDirectoryReader: TileArchiveReader {
    public let path: String
    public let metadata: TilesetMetadata
    /// Endings of the tiles' names.
    private let endings: [String]
    private let hasMetadata: Bool

    static let metadataName = "metadata.json"

    /// Throws when the folder has no tile.
    public init(path: String) throws {
        let path = AtomicFolder.withoutSlashes(path)
        self.path = path
        let zooms = try TileDirectoryReader.zooms(in: path)
        var endings: Set<String> = []
        for zoom in zooms where endings.isEmpty {
            for column in try FolderTree.names(in: "\(path)/\(zoom)") where endings.isEmpty && UInt32(column) != nil {
                for name in try FolderTree.names(in: "\(path)/\(zoom)/\(column)") {
                    if let (_, ending) = TileDirectoryReader.parts(ofFile: name) { endings.insert(ending) }
                }
            }
        }
        guard let low = zooms.min(), let high = zooms.max(), let ending = endings.sorted().first,
            let format = TileFormat(fileEnding: ending)
        else { throw TileArchiveError.formatNotRecognised(path: path) }
        self.endings = endings.sorted()
        let file = path + "/" + TileDirectoryReader.metadataName
        hasMetadata = FileStatus.exists(file)
        let document = hasMetadata ? try TileDirectoryReader.document(file) : .object([])
        let members = document.members ?? []
        var metadata = TilesetMetadata(mbtilesMembers: members)
        if !members.contains(where: { $0.name == "minzoom" }) { metadata.minZoom = low }
        if !members.contains(where: { $0.name == "maxzoom" }) { metadata.maxZoom = high }
        if !members.contains(where: { $0.name == "format" }) { metadata.format = format }
        self.metadata = metadata
    }

    private static func document(_ file: String) throws -> JSONValue {
        let mapped = try MappedFile(path: file)
        let bytes = mapped.array(0..<mapped.byteCount)
        do throws(TileArchiveError) { return try JSONValue(parsing: bytes.byteSpan) } catch {
            guard case .jsonInvalid(let offset, let reason) = error else { throw error }
            throw TileArchiveError.damaged(path: file, part: "JSON", offset: offset, reason: reason)
        }
    }

    /// Whether a folder holds nothing but zooms and metadata, so that replacing it loses nothing else.
    public static func holdsNothingElse(_ path: String) -> Bool {
        guard let names = try? FolderTree.names(in: path) else { return false }
        return names.allSatisfy { name in
            name == metadataName || (UInt8(name).map { $0 <= 31 } ?? false) && FileStatus.isDirectory("\(path)/\(name)")
        }
    }

    private static func zooms(in path: String) throws -> [UInt8] {
        try FolderTree.names(in: path).compactMap { name in
            UInt8(name).flatMap { "\($0)" == name && $0 <= 31 && FileStatus.isDirectory("\(path)/\(name)") ? $0 : nil }
        }.sorted()
    }

    /// Row and ending of a tile's file; `nil` for other names.
    private static func parts(ofFile name: String) -> (row: UInt32, ending: String)? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let row = UInt32(parts[0]), "\(row)" == parts[0],
            TileFormat(fileEnding: parts[1]) != nil
        else { return nil }
        return (row, String(parts[1]))
    }

    public func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
        for ending in endings {
            let file = "\(path)/\(coordinate.zoom)/\(coordinate.x)/\(coordinate.y).\(ending)"
            guard FileStatus.exists(file) else { continue }
            let mapped = try MappedFile(path: file)
            if mapped.byteCount == 0 { return nil }
            return EncodedTile(bytes: mapped.array(0..<mapped.byteCount), stated: .unknown)
        }
        return nil
    }

    /// Files, and different ones by their places on the disk.
    public func counts() throws -> TileArchiveCounts {
        var (count, contents): (Int, Set<FileStatus.Identity>) = (0, [])
        try forEachFile { _, file in
            count += 1
            if let identity = FileStatus.identity(file) { contents.insert(identity) }
        }
        return TileArchiveCounts(addressedTiles: count, entries: count, contents: contents.count)
    }

    public func structureFaults() throws -> [String] {
        var faults: [String] = []
        if !hasMetadata { faults.append("there is no \(TileDirectoryReader.metadataName)") }
        if hasMetadata, metadata.format == .vector, metadata.vectorLayers == nil {
            faults.append("\(TileDirectoryReader.metadataName) has no \"vector_layers\", which vector tiles must have")
        }
        var ids: [UInt64] = []
        try forEachFile { place, _ in ids.append(PMTilesTileID.id(place)) }
        ids.sort()
        if let twice = zip(ids, ids.dropFirst()).first(where: { $0 == $1 }),
            let place = PMTilesTileID.coordinate(twice.0)
        {
            faults.append("the tile \(place) is there twice, with two endings")
        }
        return faults
    }

    /// In the order of PMTiles; neighbours along the curve with equal tiles are one run. Memory: 8 bytes a tile.
    public func forEachRun(_ body: (_ first: TileCoordinate, _ count: Int, EncodedTile) throws -> Void) throws {
        var ids: [UInt64] = []
        try forEachFile { place, _ in ids.append(PMTilesTileID.id(place)) }
        try forEachRun(ofTiles: ids, body)
    }

    /// Files with names of tiles, in the order of their paths. One beyond the tiles of its zoom is an error: nobody could ask for it.
    private func forEachFile(_ body: (TileCoordinate, _ file: String) throws -> Void) throws {
        for zoom in try TileDirectoryReader.zooms(in: path) {
            for name in try FolderTree.names(in: "\(path)/\(zoom)") {
                guard let column = UInt32(name), "\(column)" == name else { continue }
                let folder = "\(path)/\(zoom)/\(name)"
                for file in FileStatus.isDirectory(folder) ? try FolderTree.names(in: folder) : [] {
                    guard let (row, _) = TileDirectoryReader.parts(ofFile: file) else { continue }
                    guard let place = TileCoordinate(zoom: zoom, x: column, y: row) else {
                        throw TileArchiveError.damaged(
                            path: path, part: "folder \(zoom)/\(name)", offset: 0,
                            reason: "there is no tile at zoom \(zoom), column \(name), row \(row)")
                    }
                    try body(place, folder + "/" + file)
                }
            }
        }
    }
}
