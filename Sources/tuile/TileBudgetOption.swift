import ArgumentParser
import TileGeneration

/// How large a tile may be.
struct TileBudgetOption: ParsableArguments {
    @Option(
        name: .customLong("max-tile-bytes"),
        help: """
            A gzipped tile that is larger gives up its smallest lines and areas and its last points, the same share of every \
            layer; 0 for no limit.
            """)
    var maximum = TileRecipe.defaultMaximumTileBytes

    func validate() throws {
        if maximum < 0 || maximum > 0 && maximum < 1000 {
            throw ValidationError("--max-tile-bytes takes 0 or at least 1000, found \(maximum)")
        }
    }
}
