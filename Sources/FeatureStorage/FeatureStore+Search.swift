import ByteCoding
import OSMModel
public import PlanarGeometry
public import SpatialIndexing

extension FeatureStore {
    /// Appends the numbers of the records whose box may touch `window`, in either frame of the world; not in order, and some
    /// twice. A superset: boxes in the trees are rounded outwards.
    public func appendCandidates(in window: WorldBox, to numbers: inout [UInt32]) {
        appendCandidates(in: window, frame: .standard, to: &numbers)
        if !hasTurnedRecords { return }
        for part in window.turned { appendCandidates(in: part, frame: .turned, to: &numbers) }
    }

    /// Appends the numbers of the records that are stored in that frame and whose box may touch `window`, which is in that
    /// frame too; ascending. With `zoom`, only those in bands that the schema shows at that zoom.
    public func appendCandidates(
        in window: WorldBox, frame: WorldFrame, zoom: UInt8? = nil, to numbers: inout [UInt32]
    ) {
        let section = bytes(.spatialIndex)
        for band in bands where band.frame == frame && zoom.map({ band.lowestZoom <= $0 }) ?? true {
            guard let tree = try? PackedRTree(section.extracting(band.range)) else { continue }
            let start = numbers.count
            tree.appendCandidates(in: window, to: &numbers)
            let first = UInt32(truncatingIfNeeded: band.firstFeature)
            let limit = UInt32(truncatingIfNeeded: recordCount)
            if first > 0 { for index in start..<numbers.count { numbers[index] &+= first } }
            // Only damage puts a number outside.
            if let last = numbers.last, last >= limit { numbers.removeAll { $0 >= limit } }
        }
    }

    /// Whether anything is stored in the turned frame.
    public var hasTurnedRecords: Bool { bands.contains { $0.frame == .turned && $0.featureCount > 0 } }

    /// Offers every record that can be among the nearest; see `PackedRTree.collectNearest`. `lowerBound` is given boxes and
    /// the frame they are in, `distance` record numbers.
    public func collectNearest<Key>(
        into nearest: inout NearestNeighbours<Key>, lowerBound: (WorldBox, WorldFrame) -> Double,
        distance: (Int) throws -> (distance: Double, key: Key)?
    ) throws {
        let section = bytes(.spatialIndex)
        for (index, band) in bands.enumerated() {
            let tree = try PackedRTree(section.extracting(band.range))
            try tree.collectNearest(
                into: &nearest, tree: index, lowerBound: { lowerBound($0, band.frame) },
                distance: { entry in
                    let number = band.firstFeature + entry
                    return number < recordCount ? try distance(number) : nil
                })
        }
    }

    /// The number of records in bands that show up to `zoom`: what a tile of that zoom could have to look at.
    public func recordCount(zoom: UInt8) -> Int {
        bands.reduce(0) { $0 + ($1.lowestZoom <= zoom ? $1.featureCount : 0) }
    }
}
