import ByteCoding
import Foundation
import PlanarGeometry
import SystemIO
import TestSupport
import TileArchives

/// The archives of other programs that tests read when they are there.
enum ArchiveFixtures {
    static let folder = TestData.folder?.deletingLastPathComponent().appending(path: "spec/fixtures/pmtiles")

    static var isPresent: Bool { folder.map { FileManager.default.fileExists(atPath: $0.path) } ?? false }

    static let absent = "archives of other programs are absent: \(TestData.absent)"

    static func path(_ name: String) -> String { folder?.appending(path: name).path ?? name }

    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }
}

func tile(_ zoom: UInt8, _ x: UInt32, _ y: UInt32) -> TileCoordinate {
    guard let coordinate = TileCoordinate(zoom: zoom, x: x, y: y) else { preconditionFailure("no such tile") }
    return coordinate
}

/// A tile whose bytes nobody unpacks.
func blob(_ text: String) -> EncodedTile { EncodedTile(bytes: Array(text.utf8), compression: .gzip) }

extension TemporaryFolder {
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }
}

/// Writes an archive and gives its path.
func makeArchive(
    in folder: TemporaryFolder, _ name: String = "test.pmtiles", metadata: TilesetMetadata = TilesetMetadata(),
    _ body: (inout PMTilesWriter) throws -> Void
) throws -> (path: String, report: TileArchiveReport) {
    let path = folder.path(name)
    var writer = try PMTilesWriter(path: path)
    try body(&writer)
    return (path, try writer.finish(metadata))
}
