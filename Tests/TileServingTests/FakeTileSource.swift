import ByteCoding
import PlanarGeometry
import Synchronization
import SystemIO
import TileArchives

@testable import TileServing

/// A source whose tiles are a closure's, and which counts how often it was asked.
final class FakeTileSource: TileSource {
    let name: String
    let metadata: TilesetMetadata
    let versionTag = "v1"
    let problems: SourceProblems?
    private let make: @Sendable (TileCoordinate) throws -> EncodedTile?
    private let asked = Atomic<Int>(0)

    var timesAsked: Int { asked.load(ordering: .relaxed) }

    init(
        _ name: String = "town", zooms: ClosedRange<UInt8> = 0...14, bounds: TilesetMetadata.Bounds = .world,
        format: TileFormat = .vector, problems: SourceProblems? = nil,
        make: @escaping @Sendable (TileCoordinate) throws -> EncodedTile? = { FakeTileSource.packed("tile \($0)") }
    ) {
        self.name = name
        self.make = make
        self.problems = problems
        var metadata = TilesetMetadata(
            name: name, format: format, minZoom: zooms.lowerBound, maxZoom: zooms.upperBound, bounds: bounds)
        metadata[.licence] = "ODbL-1.0"
        self.metadata = metadata
    }

    func tile(at coordinate: TileCoordinate) throws -> EncodedTile? {
        asked.add(1, ordering: .relaxed)
        return try make(coordinate)
    }

    static func packed(_ text: String) -> EncodedTile {
        EncodedTile(bytes: Compressor().gzip(Array(text.utf8).byteSpan), compression: .gzip)
    }
}

/// What a source throws in tests.
struct SourceBroke: Error {}
