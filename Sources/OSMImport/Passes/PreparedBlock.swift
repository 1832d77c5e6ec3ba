import ByteCoding
import OSMModel
import PlanarGeometry

/// A block with what can be worked out without knowing any other: done on many threads.
struct PreparedBlock: Sendable {
    var block: OSMBlock
    /// The grid point of each node.
    var points: [WorldPoint]
    /// Node ids of each way, as they are stored.
    var references: [UInt8]
    /// For each way the index after its last byte in `references`.
    var referenceByteEnds: [Int]

    init(_ block: OSMBlock) {
        self.block = block
        points = block.nodes.coordinates.map(WebMercator.worldPoint)
        references = []
        referenceByteEnds = []
        references.reserveCapacity(block.ways.references.count * 3)
        referenceByteEnds.reserveCapacity(block.ways.ids.count)
        for way in block.ways.ids.indices {
            var previous: Int64 = 0
            for index in block.ways.referenceRange(way) {
                let reference = block.ways.references[index]
                references.appendZigzag(reference &- previous)
                previous = reference
            }
            referenceByteEnds.append(references.count)
        }
    }
}
