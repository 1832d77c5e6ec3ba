/// Finds the pairs of boxes that share a point: a sweep by smallest x, in strips where it would be slow.
///
/// **Cost.** Sorting is linear. Boxes that lie beside each other in x are never compared. Where many lie above each
/// other (a coast from north to south, a spiral) the rest of the sweep is divided into two strips by y, and those
/// again, until a box is compared with a few dozen others on average or strips become lower than their boxes: n log n
/// and the number of pairs. Very many long diagonal edges side by side remain quadratic: their boxes do overlap.
struct BoxSweep<Grid: RepairGrid>: Sendable {
    struct Box: Sendable {
        var minX: Grid.Coordinate
        var minY: Grid.Coordinate
        var maxX: Grid.Coordinate
        var maxY: Grid.Coordinate
        var number: Int32
    }

    /// A range of `boxes`, sorted by smallest x; pairs that begin north of `minY` belong to another strip.
    private struct Strip: Sendable {
        var start: Int
        var end: Int
        var minY: Grid.Coordinate
    }

    /// Up to so many boxes are compared each with each; sorting costs more.
    private static var pairwiseLimit: Int { 24 }
    /// A strip may be divided when its boxes were compared with more others than this on average.
    private static var comparisonsPerBox: Int { 48 }
    /// Strips of fewer boxes are not divided.
    private static var divisionMinimum: Int { 256 }

    private var boxes: [Box] = []
    private var buffer: [Box] = []
    private var strips: [Strip] = []

    init() {}

    mutating func removeAll() { boxes.removeAll(keepingCapacity: true) }

    /// Adds the boxes of as many segments as `numbers` has, in order.
    @inline(__always)
    mutating func append(_ numbers: Range<Int>, _ segment: (Int) -> (a: Grid.Point, b: Grid.Point)) {
        // At once: a growing array asks at each element whether it is shared.
        boxes.append(addingCapacity: numbers.count) { output in
            var number = numbers.lowerBound
            while number < numbers.upperBound {
                let (a, b) = segment(number)
                let (p, q) = (Grid.coordinates(a), Grid.coordinates(b))
                output.append(
                    Box(
                        minX: min(p.x, q.x), minY: min(p.y, q.y), maxX: max(p.x, q.x), maxY: max(p.y, q.y),
                        number: Int32(truncatingIfNeeded: number)))
                number &+= 1
            }
        }
    }

    /// Calls `body` once with the numbers of each pair of boxes that share a point, until it returns true; returns
    /// whether it did. The order of pairs depends on nothing but the boxes. They are used up.
    @inline(__always)
    mutating func forEachOverlap(_ body: (Int, Int) -> Bool) -> Bool {
        let isSorted = boxes.count > Self.pairwiseLimit
        if isSorted { sortBoxes() }
        if !strips.isEmpty { strips.removeAll(keepingCapacity: true) }
        var strip = Strip(start: 0, end: boxes.count, minY: .min)
        while true {
            let end = strip.end
            var i = strip.start
            // Negative once a strip can be divided; a strip that cannot be is swept to its end.
            var allowance = end &- i < Self.divisionMinimum ? .max / 2 : Self.comparisonsPerBox * Self.divisionMinimum
            while i < end {
                let first = boxes[i]
                var j = i &+ 1
                while j < end {
                    let second = boxes[j]
                    if second.minX > first.maxX {
                        if isSorted { break }
                    } else if second.minY <= first.maxY, second.maxY >= first.minY, second.maxX >= first.minX,
                        second.minY >= strip.minY || first.minY >= strip.minY,
                        body(Int(first.number), Int(second.number))
                    {
                        return true
                    }
                    j &+= 1
                }
                allowance = allowance &+ Self.comparisonsPerBox &- (j &- i)
                i &+= 1
                if allowance < 0 {
                    if divide(Strip(start: i, end: end, minY: strip.minY)) { break }
                    allowance = .max / 2
                }
            }
            guard let next = strips.popLast() else { return false }
            strip = next
        }
    }

    /// Replaces a strip at the end of `boxes` by two; false if that does not make them much smaller.
    private mutating func divide(_ strip: Strip) -> Bool {
        let count = strip.end - strip.start
        guard count >= Self.divisionMinimum else { return false }
        let sampleCount = 127
        var sample: [Grid.Coordinate] = []
        for index in 0..<sampleCount { sample.append(boxes[strip.start + index * count / sampleCount].minY) }
        sample.sort()
        let middle = sample[sampleCount / 2]
        guard middle > strip.minY else { return false }
        var (northCount, southCount) = (0, 0)
        for index in strip.start..<strip.end {
            if boxes[index].minY < middle { northCount += 1 }
            if boxes[index].maxY >= middle { southCount += 1 }
        }
        guard max(northCount, southCount) <= count - count / 4 else { return false }
        boxes.removeLast(boxes.count - strip.end)
        buffer.removeAll(keepingCapacity: true)
        var kept = strip.start
        for index in strip.start..<strip.end {
            let box = boxes[index]
            if box.minY < middle { buffer.append(box) }
            if box.maxY >= middle {
                boxes[kept] = box
                kept += 1
            }
        }
        boxes.removeLast(strip.end - kept)
        boxes.append(contentsOf: buffer)
        strips.append(Strip(start: strip.start, end: kept, minY: middle))
        strips.append(Strip(start: kept, end: boxes.count, minY: strip.minY))
        return true
    }

    /// Sorts by smallest x, by stable passes over those of its bytes in which the boxes differ.
    private mutating func sortBoxes() {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: boxes)
        var (low, high) = (UInt32.max, UInt32.min)
        for box in boxes {
            low = min(low, Grid.rank(box.minX))
            high = max(high, Grid.rank(box.minX))
        }
        var shift: UInt32 = 0
        while shift < 32, (high &- low) &>> shift > 0 {
            Self.distribute(boxes, &buffer, low, shift)
            swap(&boxes, &buffer)
            shift &+= 8
        }
    }

    /// Spans, because arrays ask at each assignment whether they are shared.
    private static func distribute(_ boxes: [Box], _ sorted: inout [Box], _ low: UInt32, _ shift: UInt32) {
        let source = boxes.span
        var target = sorted.mutableSpan
        var starts = InlineArray<256, Int>(repeating: 0)
        var index = 0
        while index < source.count {
            starts[digit(source[index], low, shift)] &+= 1
            index &+= 1
        }
        var sum = 0
        for value in 0..<256 {
            let count = starts[value]
            starts[value] = sum
            sum &+= count
        }
        index = 0
        while index < source.count {
            let value = digit(source[index], low, shift)
            target[starts[value]] = source[index]
            starts[value] &+= 1
            index &+= 1
        }
    }

    @inline(__always)
    private static func digit(_ box: Box, _ low: UInt32, _ shift: UInt32) -> Int {
        Int((Grid.rank(box.minX) &- low) &>> shift & 0xFF)
    }
}
