import PlanarGeometry

/// Segments by vertical strips of the plane, so that a ray straight up meets only those of one strip.
struct SegmentStrips {
    private let left: UInt32
    private let width: UInt64
    /// Where each strip starts in `numbers`, and one more at the end.
    private let starts: [Int]
    private let numbers: [Int32]

    /// `segments` ascend. Long segments are in many strips; strips are made wider until there are four entries a segment at
    /// most.
    init(_ segments: [RingAssembler.Segment]) {
        let left = segments.first?.first.x ?? 0
        let right = segments.reduce(left) { max($0, $1.second.x) }
        let span = UInt64(right - left) + 1
        var count = UInt64(max(1, min(segments.count / 8, 1 << 14)))
        var width = (span + count - 1) / count
        func strips(_ segment: RingAssembler.Segment) -> ClosedRange<Int> {
            Int(UInt64(segment.first.x - left) / width)...Int(UInt64(segment.second.x - left) / width)
        }
        while count > 1, segments.reduce(0, { $0 + strips($1).count }) > 4 * segments.count {
            count /= 2
            width = (span + count - 1) / count
        }
        var starts = [Int](repeating: 0, count: Int(count) + 1)
        for segment in segments { for strip in strips(segment) { starts[strip + 1] += 1 } }
        for strip in 0..<Int(count) { starts[strip + 1] += starts[strip] }
        var numbers = [Int32](repeating: 0, count: starts[Int(count)])
        var next = starts
        for (number, segment) in segments.enumerated() {
            for strip in strips(segment) {
                numbers[next[strip]] = Int32(number)
                next[strip] += 1
            }
        }
        self.left = left
        self.width = width
        self.starts = starts
        self.numbers = numbers
    }

    /// Numbers of the segments that may lie over or under `x`, which is between the first and the last of them.
    func segments(atX x: UInt32) -> ArraySlice<Int32> {
        let strip = Int(UInt64(x - left) / width)
        return numbers[starts[strip]..<starts[strip + 1]]
    }
}
