import Foundation
import OSMFormats
import OSMModel
import SystemIO

// Decodes OSM files on one thread and drops the blocks: CPU seconds and megabytes a second of each file. Benchmarks/reading
// runs it beside osmium.

for path in CommandLine.arguments.dropFirst() {
    let file = try MappedFile(path: path)
    let source = try OSMFile.open(file)
    let before = ProcessCost.current().cpuSeconds
    var counts = (nodes: 0, ways: 0, relations: 0, tags: 0)
    _ = try await source.readBlocks(
        threads: 1, transform: { block in block },
        consume: { block in
            counts.nodes += block.nodes.ids.count
            counts.ways += block.ways.ids.count
            counts.relations += block.relations.ids.count
            counts.tags += block.nodes.tags.keys.count + block.ways.tags.keys.count + block.relations.tags.keys.count
        })
    let seconds = ProcessCost.current().cpuSeconds - before
    let megabytes = Double(file.byteCount) / 1e6
    print(
        "{\"path\": \"\(path)\", \"cpu_s\": \(seconds), \"mb_per_s\": \(megabytes / seconds), \"nodes\": \(counts.nodes), "
            + "\"ways\": \(counts.ways), \"relations\": \(counts.relations), \"tags\": \(counts.tags)}")
}
