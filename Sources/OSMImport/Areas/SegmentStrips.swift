import PlanarGeometry

/// Segments by vertical strips of the plane, so that a ray straight up meets only those of one strip. A strip begins where
/// every so many segments begin, so that dense places have narrow strips.
struct SegmentStrips {
    /// Left edges, ascending.
    private let lefts: [UInt32]
    /// Where each strip starts in `numbers`, and one more at the end.
    private let starts: [Int]
    private let numbers: [Int32]

    /// `segments` ascend. Long segments are in many strips; strips are made wider until there are four entries a segment at
    /// most.
    init(_ segments: [RingSegment]) {
        func left(_ segment: RingSegment) -> UInt32 { UInt32(truncatingIfNeeded: segment.low >> 32) }
        func right(_ segment: RingSegment) -> UInt32 { UInt32(truncatingIfNeeded: segment.high >> 32) }
        var step = 8
        var lefts: [UInt32] = []
        var lasts: [Int] = []
        while true {
            lefts.removeAll(keepingCapacity: true)
            lasts.removeAll(keepingCapacity: true)
            for index in stride(from: 0, to: segments.count, by: step) where lefts.last != left(segments[index]) {
                lefts.append(left(segments[index]))
            }
            var entries = 0
            var first = 0
            for segment in segments {
                while first + 1 < lefts.count, lefts[first + 1] <= left(segment) { first += 1 }
                let last = SegmentStrips.strip(right(segment), lefts, from: first)
                lasts.append(last)
                entries += last - first + 1
            }
            if entries <= 4 * segments.count || lefts.count < 2 { break }
            step *= 2
        }
        var starts = [Int](repeating: 0, count: lefts.count + 1)
        var first = 0
        for (index, segment) in segments.enumerated() {
            while first + 1 < lefts.count, lefts[first + 1] <= left(segment) { first += 1 }
            for strip in first...lasts[index] { starts[strip + 1] += 1 }
        }
        for strip in lefts.indices { starts[strip + 1] += starts[strip] }
        var numbers = [Int32](repeating: 0, count: starts[lefts.count])
        var next = starts
        first = 0
        for (index, segment) in segments.enumerated() {
            while first + 1 < lefts.count, lefts[first + 1] <= left(segment) { first += 1 }
            for strip in first...lasts[index] {
                numbers[next[strip]] = Int32(index)
                next[strip] += 1
            }
        }
        self.lefts = lefts
        self.starts = starts
        self.numbers = numbers
    }

    /// The last strip from `first` on that begins at or before `x`; near ones are found quickest.
    private static func strip(_ x: UInt32, _ lefts: [UInt32], from first: Int) -> Int {
        var low = first
        var reach = 1
        while low + reach < lefts.count, lefts[low + reach] <= x {
            low += reach
            reach *= 2
        }
        var high = min(low + reach, lefts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lefts[middle] <= x { low = middle } else { high = middle }
        }
        return low
    }

    /// Numbers of the segments that may lie over or under `x`; without gaps between the first and the last of them only.
    func segments(atX x: UInt32) -> ArraySlice<Int32> {
        guard let leftmost = lefts.first, x >= leftmost else { return [] }
        let strip = SegmentStrips.strip(x, lefts, from: 0)
        return numbers[starts[strip]..<starts[strip + 1]]
    }
}
