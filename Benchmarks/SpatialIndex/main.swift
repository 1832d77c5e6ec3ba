import ByteCoding
import PlanarGeometry
import SpatialIndexing
import SystemIO

// Builds a tree over 1,000,000 random boxes and asks it 10,000 windows; `Benchmarks/boxes` runs this beside other indexes.
//
// The data is a SplitMix64 stream from seed 42, u = next() >> 11 * 2^-53, so that programs in any language make the
// same: box i, in order, has u1 u2 u3 u4 and spans (u1, u2) to (u1 + u3 / 1000, u2 + u4 / 1000). Window j, after all boxes,
// has u1 u2 and spans (0.99 u1, 0.99 u2) to 0.01 more each. A unit is 2^31 steps of the world grid, rounded down.

/// SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
struct SplitMix64 {
    var state: UInt64

    /// In [0, 1).
    mutating func unit() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }
}

func grid(_ unit: Double) -> UInt32 { UInt32(unit * 2_147_483_648) }

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let boxCount = arguments.first ?? 1_000_000
let windowCount = arguments.dropFirst().first ?? 10_000

var random = SplitMix64(state: 42)
var boxes: [WorldBox] = []
boxes.reserveCapacity(boxCount)
for _ in 0..<boxCount {
    let (u1, u2, u3, u4) = (random.unit(), random.unit(), random.unit(), random.unit())
    boxes.append(WorldBox(minX: grid(u1), minY: grid(u2), maxX: grid(u1 + u3 * 0.001), maxY: grid(u2 + u4 * 0.001)))
}
let windows = (0..<windowCount).map { _ in
    let (x, y) = (random.unit() * 0.99, random.unit() * 0.99)
    return WorldBox(minX: grid(x), minY: grid(y), maxX: grid(x + 0.01), maxY: grid(y + 0.01))
}

// The order of the store: along the Hilbert curve.
let order = boxes.map(HilbertOrder.key).enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
let sorted = order.map { boxes[$0.offset] }

let beforeBuild = ProcessCost.current().cpuSeconds
var builder = PackedRTreeBuilder(capacity: boxCount)
for box in sorted { builder.add(box) }
let bytes = builder.finish()
let afterBuild = ProcessCost.current().cpuSeconds

let tree = try PackedRTree(bytes.byteSpan)
var candidates: [UInt32] = []
var hits = 0
for window in windows {
    candidates.removeAll(keepingCapacity: true)
    tree.appendCandidates(in: window, to: &candidates)
    for candidate in candidates where sorted[Int(candidate)].intersects(window) { hits += 1 }
}
let afterQueries = ProcessCost.current().cpuSeconds

let perQuery = (afterQueries - afterBuild) * 1e6 / Double(windowCount)
print(
    "{\"engine\": \"tuile\", \"build_s\": \(afterBuild - beforeBuild), \"us_per_query\": \(perQuery), "
        + "\"hits\": \(hits), \"bytes_per_entry\": \(Double(bytes.count) / Double(boxCount))}")
