import ByteCoding
import OSMModel
public import PlanarGeometry
public import SpatialIndexing

extension FeatureStore {
    /// Appends the numbers of the records whose box may touch `window`, ascending. With `zoom`, only those in bands that the
    /// schema shows at that zoom. A superset: boxes in the trees are rounded outwards.
    public func appendCandidates(in window: WorldBox, zoom: UInt8? = nil, to numbers: inout [UInt32]) {
        let section = bytes(.spatialIndex)
        for band in bands where zoom.map({ band.lowestZoom <= $0 }) ?? true {
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

    /// The box of everything in the trees that shows up to `zoom`; `nil` when there is nothing.
    public func box(zoom: UInt8? = nil) -> WorldBox? {
        let section = bytes(.spatialIndex)
        var result: WorldBox?
        for band in bands where zoom.map({ band.lowestZoom <= $0 }) ?? true {
            guard let tree = try? PackedRTree(section.extracting(band.range)), let box = tree.box else { continue }
            if result == nil { result = box } else { result?.extend(by: box) }
        }
        return result
    }

    /// Offers every record that can be among the nearest; see `PackedRTree.collectNearest`. `distance` is given record
    /// numbers.
    public func collectNearest<Key>(
        into nearest: inout NearestNeighbours<Key>, lowerBound: (WorldBox) -> Double,
        distance: (Int) throws -> (distance: Double, key: Key)?
    ) throws {
        let section = bytes(.spatialIndex)
        for (index, band) in bands.enumerated() {
            let tree = try PackedRTree(section.extracting(band.range))
            try tree.collectNearest(into: &nearest, tree: index, lowerBound: lowerBound) { entry in
                let number = band.firstFeature + entry
                return number < recordCount ? try distance(number) : nil
            }
        }
    }

    /// The number of records in bands that show up to `zoom`: what a tile of that zoom could have to look at.
    public func recordCount(zoom: UInt8) -> Int {
        bands.reduce(0) { $0 + ($1.lowestZoom <= zoom ? $1.featureCount : 0) }
    }
}
