public import PlanarGeometry
import ProtobufWire

/// A step of a feature's geometry, in tile units with 0,0 at the tile's north-west corner.
public enum GeometryCommand: Equatable, Sendable {
    case moveTo(TilePoint)
    case lineTo(TilePoint)
    case closePath
}

/// Reads a geometry's integers as commands with absolute positions and holds them to the grammar of the feature's type
/// (MVT 2.1 section 4.3.4). Ring orientation and area are not looked at.
///
/// Sums that leave 32 bits wrap. A LineTo that does not move is handed on: it is forbidden (section 4.3.3.2) but harmless.
public struct GeometryDecoder: ~Escapable {
    /// What the grammar allows next.
    private enum Expectation {
        case start
        /// After the only MoveTo of points.
        case nothing
        case lineTo
        /// After LineTo of a line: another MoveTo, or the end.
        case moveToOrEnd
        case closePath
    }

    private var integers: PackedVarints
    private let type: VectorTileGeometryType
    private let version: UInt32
    private var expectation = Expectation.start
    /// Steps left of the current command, and which it is.
    private var pending = 0
    private var command: UInt32 = 0
    private var position = TilePoint(x: 0, y: 0)

    @_lifetime(copy integers)
    init(_ integers: PackedVarints, type: VectorTileGeometryType, version: UInt32) {
        self.integers = integers
        self.type = type
        self.version = version
    }

    /// Place of the next integer in the tile.
    public var offset: Int { integers.offset }

    /// The next step, `nil` at the end of a complete geometry.
    @_lifetime(self: copy self)
    public mutating func next() throws(VectorTileError) -> GeometryCommand? {
        while pending == 0 {
            if integers.isAtEnd {
                try checkEnd()
                return nil
            }
            try beginCommand()
        }
        pending -= 1
        if command == GeometryCommandID.closePath { return .closePath }
        let stepX = try parameter()
        let stepY = try parameter()
        position = TilePoint(x: position.x &+ stepX, y: position.y &+ stepY)
        return command == GeometryCommandID.moveTo ? .moveTo(position) : .lineTo(position)
    }

    @_lifetime(self: copy self)
    private mutating func beginCommand() throws(VectorTileError) {
        let at = integers.offset
        if type == .unknown { throw .geometry(.typeUnknown, offset: at) }
        let integer = try integer()
        let id = integer & 7
        let count = Int(integer &>> 3)
        guard id == GeometryCommandID.moveTo || id == GeometryCommandID.lineTo || id == GeometryCommandID.closePath
        else {
            throw .geometry(.commandUnknown(id: id), offset: at)
        }
        try checkGrammar(id, count, at)
        // Each step has two parameters of at least one byte, so nothing larger can be true.
        if id != GeometryCommandID.closePath, count > integers.maximumCount / 2 {
            throw .geometry(countFault(count), offset: at)
        }
        command = id
        pending = count
    }

    private func countFault(_ count: Int) -> VectorTileError.GeometryFault {
        // A count that even a whole tile could not hold is nonsense; a smaller one means that the end is missing.
        count > 1 << 20 ? .countTooLarge(count: count) : .parametersMissing
    }

    @_lifetime(self: copy self)
    private mutating func checkGrammar(_ id: UInt32, _ count: Int, _ at: Int) throws(VectorTileError) {
        func want(_ wanted: UInt32, _ name: String) throws(VectorTileError) {
            if id != wanted { throw .geometry(.commandUnexpected(id: id, expected: name), offset: at) }
        }
        func wantCount(_ isRight: Bool, _ expected: String) throws(VectorTileError) {
            if !isRight { throw .geometry(.commandCount(id: id, count: count, expected: expected), offset: at) }
        }
        switch expectation {
        case .start:
            try want(GeometryCommandID.moveTo, "MoveTo")
            if type == .point {
                try wantCount(count >= 1, "1 or more")
                expectation = .nothing
            } else {
                try wantCount(count == 1, "1")
                expectation = .lineTo
            }
        case .nothing: throw .geometry(.commandUnexpected(id: id, expected: "the end"), offset: at)
        case .lineTo:
            try want(GeometryCommandID.lineTo, "LineTo")
            if type == .lineString {
                try wantCount(count >= 1, "1 or more")
                expectation = .moveToOrEnd
            } else {
                try wantCount(count >= 2, "2 or more")
                expectation = .closePath
            }
        case .moveToOrEnd:
            if version == 1, id == GeometryCommandID.closePath, command == GeometryCommandID.lineTo {
                // Version 1 did not forbid it in lines, and old tiles have it, even with a count of 0.
                try wantCount(count <= 1, "0 or 1")
                return
            }
            try want(GeometryCommandID.moveTo, "MoveTo")
            try wantCount(count == 1, "1")
            expectation = .lineTo
        case .closePath:
            try want(GeometryCommandID.closePath, "ClosePath")
            try wantCount(count == 1, "1")
            expectation = .start
        }
    }

    private func checkEnd() throws(VectorTileError) {
        let at = integers.offset
        switch expectation {
        case .nothing, .moveToOrEnd: return
        case .start where command == GeometryCommandID.closePath: return
        case .start: throw .geometry(type == .unknown ? .typeUnknown : .empty, offset: at)
        case .lineTo: throw .geometry(.unfinished(expected: "LineTo"), offset: at)
        case .closePath: throw .geometry(.unfinished(expected: "ClosePath"), offset: at)
        }
    }

    @inline(__always)
    @_lifetime(self: copy self)
    private mutating func parameter() throws(VectorTileError) -> Int32 {
        if integers.isAtEnd { throw .geometry(.parametersMissing, offset: integers.offset) }
        let number = try integer()
        return Int32(bitPattern: number &>> 1) ^ -Int32(bitPattern: number & 1)
    }

    @inline(__always)
    @_lifetime(self: copy self)
    private mutating func integer() throws(VectorTileError) -> UInt32 {
        do { return UInt32(truncatingIfNeeded: try integers.next()) } catch { throw .wire(error) }
    }
}
