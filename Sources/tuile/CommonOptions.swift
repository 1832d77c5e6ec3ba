import ArgumentParser
import Foundation

struct ThreadOptions: ParsableArguments {
    @Option(help: "Threads to use (default: the cores given to the process).")
    var threads: Int?

    var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        if let threads, !(1...1024).contains(threads) { throw ValidationError("--threads takes 1 to 1024") }
    }
}

struct ProgressOptions: ParsableArguments {
    @Option(help: "Show progress: auto (on a terminal), always, never.")
    var progress: ProgressChoice = .auto
}
