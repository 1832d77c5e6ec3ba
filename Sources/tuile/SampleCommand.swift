import ArgumentParser
import SampleExtract
import SystemIO

struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Write made-up OSM data of any size, for tests and benchmarks.",
        shouldDisplay: false)

    @Option(name: [.short, .long], help: "The file to write.") var output: String
    @Option(help: "Towns side by side.") var scale = 1
    @Option(help: "Number that decides everything.") var seed: UInt64 = 1
    @Flag(help: "Write XML instead of PBF.") var xml = false

    func validate() throws {
        if !(1...2000).contains(scale) { throw ValidationError("--scale takes 1 to 2000") }
    }

    func run() throws {
        removeTemporaryFilesOnInterrupt()
        try Town.write(scale: scale, seed: seed, to: output, format: xml ? .xml : .pbf)
    }
}
