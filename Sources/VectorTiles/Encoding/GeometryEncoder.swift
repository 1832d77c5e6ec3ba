import ByteCoding
import PlanarGeometry

/// Writes paths as command and parameter integers, each a varint (MVT 2.1 section 4.3). Its memory is reused.
struct GeometryEncoder: Sendable {
    /// Grows and never shrinks; the first `byteCount` bytes count.
    private var storage: [UInt8] = []
    private(set) var byteCount = 0

    /// Two parameters of at most five bytes.
    private static let bytesPerPoint = 10
    /// MoveTo, LineTo and ClosePath: two of up to five bytes, one of one.
    private static let bytesPerPart = 11

    /// The last path encoded.
    var bytes: RawSpan {
        @_lifetime(borrow self) get { storage.byteSpan.extracting(0..<byteCount) }
    }

    /// Encodes a path in tile units. Points: all points, whatever their parts. Lines: parts of two points or more.
    /// Polygons: parts are rings of three points or more, the first not repeated.
    mutating func encode(_ path: TilePath, as type: VectorTileGeometryType) {
        let capacity =
            path.points.count * GeometryEncoder.bytesPerPoint + (path.partCount + 1) * GeometryEncoder.bytesPerPart
        if storage.count < capacity {
            storage.append(contentsOf: repeatElement(0, count: max(capacity, storage.count * 2) - storage.count))
        }
        switch type {
        case .point: encodePoints(path)
        case .lineString: encodeParts(path, shortest: 2, isClosed: false)
        case .polygon: encodeParts(path, shortest: 3, isClosed: true)
        case .unknown: preconditionFailure("a feature to write has a geometry type")
        }
    }

    private mutating func encodePoints(_ path: TilePath) {
        precondition(path.points.count < GeometryCommandID.countLimit, "too many points for one feature")
        var output = storage.mutableSpan
        var at = 0
        GeometryEncoder.putCommand(GeometryCommandID.moveTo, count: path.points.count, &output, &at)
        var previous = TilePoint(x: 0, y: 0)
        for point in path.points {
            GeometryEncoder.putStep(previous, point, &output, &at)
            previous = point
        }
        byteCount = at
    }

    private mutating func encodeParts(_ path: TilePath, shortest: Int, isClosed: Bool) {
        var output = storage.mutableSpan
        var at = 0
        // The cursor goes on from part to part; ClosePath does not move it (section 4.3.3.3).
        var previous = TilePoint(x: 0, y: 0)
        var start = 0
        for end in path.partEnds {
            let count = end - start
            precondition(count >= shortest && count < GeometryCommandID.countLimit, "part of \(count) points")
            GeometryEncoder.putCommand(GeometryCommandID.moveTo, count: 1, &output, &at)
            GeometryEncoder.putStep(previous, path.points[start], &output, &at)
            previous = path.points[start]
            GeometryEncoder.putCommand(GeometryCommandID.lineTo, count: count - 1, &output, &at)
            for index in (start + 1)..<end {
                let point = path.points[index]
                GeometryEncoder.putStep(previous, point, &output, &at)
                previous = point
            }
            if isClosed {
                GeometryEncoder.putCommand(GeometryCommandID.closePath, count: 1, &output, &at)
            }
            start = end
        }
        byteCount = at
    }

    @inline(__always)
    private static func putCommand(_ id: UInt32, count: Int, _ output: inout MutableSpan<UInt8>, _ at: inout Int) {
        put(UInt32(truncatingIfNeeded: count) &<< 3 | id, &output, &at)
    }

    /// Both differences as zigzag integers of 32 bits; they wrap as a decoder's cursor does.
    @inline(__always)
    private static func putStep(
        _ from: TilePoint, _ to: TilePoint, _ output: inout MutableSpan<UInt8>, _ at: inout Int
    ) {
        put(zigzag(to.x &- from.x), &output, &at)
        put(zigzag(to.y &- from.y), &output, &at)
    }

    @inline(__always)
    private static func zigzag(_ value: Int32) -> UInt32 { UInt32(bitPattern: (value &<< 1) ^ (value &>> 31)) }

    @inline(__always)
    private static func put(_ value: UInt32, _ output: inout MutableSpan<UInt8>, _ at: inout Int) {
        var rest = value
        while rest >= 0x80 {
            output[at] = UInt8(truncatingIfNeeded: rest) | 0x80
            at &+= 1
            rest &>>= 7
        }
        output[at] = UInt8(truncatingIfNeeded: rest)
        at &+= 1
    }
}
