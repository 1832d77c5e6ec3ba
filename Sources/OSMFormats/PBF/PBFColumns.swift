import OSMModel
import PlanarGeometry
import ProtobufWire

/// Decoding of packed runs straight into columns. Runs concatenate: sums go on from one run to the next.
enum PBFColumns {
    /// Appends the running sums of zigzag deltas. A sum past 64 bits is an error.
    static func appendDeltas(_ run: consuming PackedVarints, sum: inout Int64, to column: inout [Int64]) throws {
        var values = run
        let start = column.count
        let end = start + (try values.count())
        column.append(contentsOf: repeatElement(0, count: end - start))
        var span = column.mutableSpan
        var total = sum
        var index = start
        while index < end {
            let (next, overflow) = total.addingReportingOverflow(try values.nextZigzag())
            if overflow { throw sumOverflow(values.offset) }
            total = next
            span[index] = next
            index &+= 1
        }
        sum = total
    }

    /// Appends coordinates, in 1e-7 degree, from zigzag deltas of raw values.
    static func appendCoordinates(
        _ run: consuming PackedVarints, sum: inout Int64, scale: PBFCoordinateScale, offset: Int64,
        to column: inout [Int32]
    ) throws {
        var values = run
        let start = column.count
        let end = start + (try values.count())
        column.append(contentsOf: repeatElement(0, count: end - start))
        var span = column.mutableSpan
        var total = sum
        var index = start
        while index < end {
            let (next, overflow) = total.addingReportingOverflow(try values.nextZigzag())
            if overflow { throw sumOverflow(values.offset) }
            guard let coordinate = scale.value(next, offset: offset) else {
                throw PBFFault(.overflow, at: values.offset, "a coordinate past 64 bits in nanodegrees")
            }
            total = next
            span[index] = coordinate
            index &+= 1
        }
        sum = total
    }

    /// Appends numbers of strings, each of which must be in a table of `stringCount`.
    static func appendStringNumbers(
        _ run: consuming PackedVarints, stringCount: Int, what: StaticString, to column: inout [UInt32]
    ) throws {
        var values = run
        while !values.isAtEnd {
            let start = values.offset
            column.append(try stringNumber(values.next(), stringCount: stringCount, what: what, at: start))
        }
    }

    @inline(__always)
    static func stringNumber(_ value: UInt64, stringCount: Int, what: StaticString, at offset: Int) throws -> UInt32 {
        guard value < UInt64(stringCount) else { throw outOfTable(value, stringCount, what, offset) }
        return UInt32(truncatingIfNeeded: value)
    }

    // Out of line, so that the loops stay small.
    private static func sumOverflow(_ offset: Int) -> PBFFault {
        PBFFault(.overflow, at: offset, "the sum of deltas passes 64 bits")
    }

    private static func outOfTable(_ value: UInt64, _ count: Int, _ what: StaticString, _ offset: Int) -> PBFFault {
        // Negative numbers are written as 64 bits.
        PBFFault(
            .stringIndex, at: offset,
            "\(what) \(Int64(bitPattern: value)) is not in the string table, which has \(count) strings")
    }
}

extension TagColumns {
    /// Gives the elements that have no end yet, up to `elementCount`, no tags.
    mutating func closeElements(upTo elementCount: Int) {
        let missing = elementCount - ends.count
        if missing > 0 { ends.append(contentsOf: repeatElement(ends.last ?? 0, count: missing)) }
    }

    /// Drops the tags after the first `count`.
    mutating func truncate(to count: Int) {
        keys.removeSubrange(count...)
        values.removeSubrange(count...)
    }
}
