import ByteCoding
import Glibc
public import PlanarGeometry

/// What needs a feature's whole geometry: kept beside large ones, so that a tile does not have to read all of it.
public struct GeometrySummary: Equatable, Sendable {
    /// On the world grid, in square units, holes taken off; 0 for lines.
    public var areaInWorldUnits: Double = 0
    /// On the world grid, in units; 0 for areas that are no closed way.
    public var lengthInWorldUnits: Double = 0
    /// On the ground; 0 for lines.
    public var groundHectares: UInt64 = 0
    /// A point inside; `nil` for lines.
    public var labelPoint: WorldPoint?

    static let byteCount = 32

    public init() {}

    public init(_ shape: StoredShape, _ buffer: GeometryBuffer, scratch: inout LabelPointScratch) {
        if shape != .area {
            lengthInWorldUnits = GeometrySummary.length(shape, buffer)
        }
        guard shape == .area || shape.isClosedWay else { return }
        areaInWorldUnits = GeometrySummary.area(shape, buffer)
        groundHectares = GeometrySummary.groundHectares(shape, buffer)
        labelPoint = GeometrySummary.labelPoint(shape, buffer, scratch: &scratch)
    }

    /// Area of a closed way or of an area's rings.
    public static func area(_ shape: StoredShape, _ buffer: GeometryBuffer) -> Double {
        var doubled: Int128 = 0
        var start = 0
        for end in buffer.partEnds {
            doubled += RingArea.doubled(buffer.points, start..<end)
            start = end
        }
        return abs(RingArea.number(doubled)) / 2
    }

    public static func length(_ shape: StoredShape, _ buffer: GeometryBuffer) -> Double {
        var length = 0.0
        var start = 0
        for end in buffer.partEnds {
            for index in max(start, 0)..<max(start, end - 1) {
                length += distance(buffer.points[index], buffer.points[index + 1])
            }
            if shape.isClosedWay, end > start { length += distance(buffer.points[end - 1], buffer.points[start]) }
            start = end
        }
        return length
    }

    private static func distance(_ a: WorldPoint, _ b: WorldPoint) -> Double {
        let deltaX = Double(a.x) - Double(b.x)
        let deltaY = Double(a.y) - Double(b.y)
        return (deltaX * deltaX + deltaY * deltaY).squareRoot()
    }

    /// Area on the sphere of radius 6378137 m: the integral of the sine of the latitude along the rings (Chamberlain and
    /// Duquette 2007), to the nearest hectare.
    public static func groundHectares(_ shape: StoredShape, _ buffer: GeometryBuffer) -> UInt64 {
        let sines = buffer.points.map { tanh(Double.pi * (1 - Double($0.y) / 2_147_483_648)) }
        let radiansPerUnit = 2 * Double.pi / 4_294_967_296
        var total = 0.0
        var start = 0
        for end in buffer.partEnds {
            var previous = end - 1
            for index in start..<end {
                let east = Double(buffer.points[index].x) - Double(buffer.points[previous].x)
                total += east * radiansPerUnit * (sines[index] + sines[previous]) / 2
                previous = index
            }
            start = end
        }
        return UInt64((abs(total) * 6_378_137 * 6_378_137 / 10_000).rounded())
    }

    public static func labelPoint(
        _ shape: StoredShape, _ buffer: GeometryBuffer, scratch: inout LabelPointScratch
    ) -> WorldPoint? {
        var geometry = Geometry(type: .polygons, points: buffer.points, partEnds: buffer.partEnds)
        if shape.isClosedWay { geometry.orientAsExteriors() }
        return LabelPoint.pointOnSurface(of: geometry, scratch: &scratch)
    }

    /// f64 area, f64 length, u64 hectares, u32 x, u32 y of the label point.
    func append(to bytes: inout [UInt8]) {
        bytes.appendLittleEndian(areaInWorldUnits.bitPattern)
        bytes.appendLittleEndian(lengthInWorldUnits.bitPattern)
        bytes.appendLittleEndian(groundHectares)
        bytes.appendLittleEndian(labelPoint?.x ?? 0)
        bytes.appendLittleEndian(labelPoint?.y ?? 0)
    }

    init(_ cursor: inout ByteCursor, _ shape: StoredShape) throws(ByteCodingError) {
        areaInWorldUnits = Double(bitPattern: try cursor.uint64())
        lengthInWorldUnits = Double(bitPattern: try cursor.uint64())
        groundHectares = try cursor.uint64()
        let point = WorldPoint(x: try cursor.uint32(), y: try cursor.uint32())
        if shape == .area || shape.isClosedWay { labelPoint = point }
    }
}
