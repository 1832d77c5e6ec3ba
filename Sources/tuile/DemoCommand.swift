import ArgumentParser
import CEmbedded
import Foundation
import SystemIO
import TileServing

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Import the embedded sample and serve it: a map to open in the browser.",
        discussion: "The sample is a made-up town. Its files lie in a temporary folder that is removed at the end.")

    @OptionGroup var server: ServerOptions
    @OptionGroup var threads: ThreadOptions

    mutating func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "tuile-demo-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let extract = folder.appending(path: "sample.osm.pbf").path
        var file = try AtomicFile(path: extract)
        try file.append(sampleExtract())
        try file.commit()
        let opener = SourceOpener(threads: threads.count, progress: ProgressLine(.never))
        let source = try await opener.open(extract)
        FileHandle.standardError.write(Data("Imported the sample. Open the map in a browser; Ctrl-C ends it.\n".utf8))
        try await server.run([source], threads: threads.count)
    }

    private func sampleExtract() -> [UInt8] {
        // Safe: the array is a constant of the program, and its size is what the compiler embedded.
        unsafe Array(UnsafeBufferPointer(start: CEmbeddedSample, count: CEmbeddedSampleByteCount))
    }
}
