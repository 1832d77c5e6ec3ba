public import ByteCoding
public import OSMModel
public import PlanarGeometry

/// What a record is there for. Raw values are stored.
public enum RecordRole: UInt8, Sendable {
    /// A tagged object.
    case feature = 0
    /// Untagged, kept for relations that use it.
    case part = 1
    /// What the import makes from several objects: a line that relations give tags to, or the sea from its coastline.
    case derived = 2
    /// A piece of a feature that tiles show in its place; queries do not see it.
    case drawnPiece = 3

    /// Whether tiles show a record of this role with these traits.
    func isDrawn(_ traits: RecordTraits) -> Bool { self != .part && !traits.contains(.isDrawnInPieces) }
}

/// What readers must know of a record beside its role. Raw values are stored.
public struct RecordTraits: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Tiles show pieces of it instead (`RecordRole.drawnPiece`).
    public static let isDrawnInPieces = RecordTraits(rawValue: 1)
    /// A closed way that crosses or touches itself: as an area it has to be repaired.
    public static let crossesItself = RecordTraits(rawValue: 2)
    /// It crosses 180 degrees: its points and its box are in the turned frame of the world (`WorldFrame`).
    public static let isTurned = RecordTraits(rawValue: 4)
    /// An area with a label point of its own. Set by the record, whatever a draft says.
    public static let hasLabelPoint = RecordTraits(rawValue: 8)
}

/// One feature as stored, after the length that `GroupedBlobs` puts in front; its group starts with a base point (u32 x, y).
///
/// | part | meaning |
/// |---|---|
/// | u8 | bits 0-1 element kind, bits 2-4 shape, bit 5 exact coordinates follow, bit 6 chunked geometry, bit 7 role and traits below |
/// | u8 | only with bit 7: bits 0-1 the role (`RecordRole`), bits 2-5 the traits (`RecordTraits`) |
/// | zigzag | element id |
/// | varint | number of the tag set |
/// | varint each | the value of each varying tag of the set, in the set's order |
/// | | geometry, see `GeometryCoding` |
/// | | with bit 5, before the geometry: varint count, then for each exact coordinate varint index, zigzag longitude, zigzag latitude |
/// | zigzag each | with the trait `hasLabelPoint`, before the geometry: x and y of the label point, as differences from the base point |
package struct FeatureRecord {
    package static let groupHeaderSize = 8

    package var element: ElementID
    package var shape: StoredShape
    package var role: RecordRole
    package var traits: RecordTraits
    package var isChunked: Bool
    package var tagSet: UInt32
    package var varying: [TagValueCode]
    package var exactCoordinates: [Geometry.ExactCoordinate]
    package var labelPoint: WorldPoint?

    /// Appends the record up to the geometry, whose first point becomes a difference from `base` if it is not chunked.
    package func append(to bytes: inout [UInt8], base: WorldPoint, first: WorldPoint) {
        var head = element.kind.rawValue | shape.rawValue << 2
        if !exactCoordinates.isEmpty { head |= 1 << 5 }
        if isChunked { head |= 1 << 6 }
        var traits = traits
        if labelPoint == nil { traits.remove(.hasLabelPoint) } else { traits.insert(.hasLabelPoint) }
        let hasRoleByte = role != .feature || !traits.isEmpty
        if hasRoleByte { head |= 1 << 7 }
        bytes.append(head)
        if hasRoleByte { bytes.append(role.rawValue | traits.rawValue << 2) }
        bytes.appendZigzag(element.number)
        bytes.appendVarint(UInt64(tagSet))
        for value in varying { bytes.appendVarint(value.rawValue) }
        if !exactCoordinates.isEmpty {
            bytes.appendVarint(exactCoordinates.count)
            for exact in exactCoordinates {
                bytes.appendVarint(exact.index)
                bytes.appendZigzag(Int64(exact.coordinate.longitude))
                bytes.appendZigzag(Int64(exact.coordinate.latitude))
            }
        }
        if let labelPoint { GeometryCoding.appendDifference(labelPoint, base, &bytes) }
        if shape == .none || shape == .members { return }
        if !isChunked { GeometryCoding.appendDifference(first, base, &bytes) }
    }
}

/// A feature in a mapped store, read on demand. Borrowed from the store.
public struct FeatureView: ~Escapable {
    public let element: ElementID
    public let shape: StoredShape
    public let role: RecordRole
    public let traits: RecordTraits
    /// Number of the tag set, for `FeatureStore.tagSet(_:)`.
    public let tagSet: Int
    let isChunked: Bool
    let hasExactCoordinates: Bool
    let base: WorldPoint
    /// Behind the tag set's number.
    var cursor: ByteCursor

    @_lifetime(copy record)
    init(_ record: RawSpan, base: WorldPoint) throws(ByteCodingError) {
        var cursor = ByteCursor(record)
        let head = try cursor.uint8()
        var roleByte: UInt8 = 0
        if head & 0x80 != 0 { roleByte = try cursor.uint8() }
        guard let kind = ElementKind(rawValue: head & 3), let shape = StoredShape(rawValue: head >> 2 & 7),
            let role = RecordRole(rawValue: roleByte & 3), roleByte < 64
        else { throw .truncated(offset: 0, count: 0, available: record.byteCount) }
        element = ElementID(kind, try cursor.zigzag())
        self.shape = shape
        self.role = role
        traits = RecordTraits(rawValue: roleByte >> 2)
        hasExactCoordinates = head & 1 << 5 != 0
        isChunked = head & 1 << 6 != 0
        tagSet = Int(truncatingIfNeeded: try cursor.varint())
        self.base = base
        self.cursor = cursor
    }

    /// An untagged object kept for the relations that use it; neither schemas nor queries see it.
    public var isPart: Bool { role == .part }

    /// Made from several objects (a border way, the sea); not an object of its own: schemas see it, queries do not.
    public var isDerived: Bool { role == .derived }

    /// Whether tiles show this record, provided that the schema takes it.
    public var isDrawn: Bool { role.isDrawn(traits) }

    /// The frame of the world that its points are stored in.
    public var frame: WorldFrame { traits.contains(.isTurned) ? .turned : .standard }

    /// Appends the values of the set's varying tags; there are `count` of them.
    public func appendVaryingValues(count: Int, to values: inout [TagValueCode]) throws(ByteCodingError) {
        var cursor = cursor
        for _ in 0..<count { values.append(TagValueCode(rawValue: try cursor.varint())) }
    }

    /// Reads the points, in the record's frame, as the selection is; see `GeometryCoding.decode`. `varyingCount` is the number of
    /// varying tags of the feature's set.
    public func decodeGeometry(
        varyingCount: Int, _ selection: GeometrySelection = .whole, into buffer: inout GeometryBuffer
    ) throws(ByteCodingError) {
        var cursor = try geometryCursor(varyingCount: varyingCount)
        let layout = GeometryCoding.Layout(shape: shape, isChunked: isChunked, isDrawn: isDrawn, base: base)
        try GeometryCoding.decode(layout, &cursor, selection, into: &buffer)
    }

    /// The summary stored with a large geometry, its label point in the record's frame; `nil` for others, which are quickly read whole.
    public func storedSummary(varyingCount: Int) throws(ByteCodingError) -> GeometrySummary? {
        if !isChunked { return nil }
        var cursor = try geometryCursor(varyingCount: varyingCount)
        return try GeometrySummary(&cursor, shape)
    }

    /// The area's own label point; `nil` for those whose geometry gives it.
    public func labelPoint(varyingCount: Int) throws(ByteCodingError) -> WorldPoint? {
        if !traits.contains(.hasLabelPoint) { return nil }
        var cursor = try labelCursor(varyingCount: varyingCount, exact: nil)
        return WorldPoint(
            x: base.x &+ UInt32(truncatingIfNeeded: try cursor.zigzag()),
            y: base.y &+ UInt32(truncatingIfNeeded: try cursor.zigzag()))
    }

    /// Coordinates that the grid cannot hold.
    func exactCoordinates(varyingCount: Int) throws(ByteCodingError) -> [Geometry.ExactCoordinate] {
        if !hasExactCoordinates { return [] }
        var exact: [Geometry.ExactCoordinate] = []
        _ = try labelCursor(varyingCount: varyingCount) { exact.append($0) }
        return exact
    }

    @_lifetime(copy self)
    private func geometryCursor(varyingCount: Int) throws(ByteCodingError) -> ByteCursor {
        var cursor = try labelCursor(varyingCount: varyingCount, exact: nil)
        if traits.contains(.hasLabelPoint) {
            _ = try cursor.varint()
            _ = try cursor.varint()
        }
        return cursor
    }

    /// At the label point, or where it would be.
    @_lifetime(copy self)
    private func labelCursor(
        varyingCount: Int, exact: ((Geometry.ExactCoordinate) -> Void)?
    ) throws(ByteCodingError) -> ByteCursor {
        var cursor = cursor
        for _ in 0..<varyingCount { _ = try cursor.varint() }
        if hasExactCoordinates {
            let count = try cursor.varint()
            guard count <= UInt64(cursor.remaining) else {
                throw .truncated(offset: cursor.offset, count: 0, available: cursor.remaining)
            }
            for _ in 0..<count {
                // No geometry has so many points; so sums of indexes do not overflow.
                let stored = try cursor.varint()
                guard stored <= UInt32.max else {
                    throw .truncated(offset: cursor.offset, count: 0, available: cursor.remaining)
                }
                let index = Int(stored)
                let coordinate = GeoCoordinate(
                    longitude: Int32(truncatingIfNeeded: try cursor.zigzag()),
                    latitude: Int32(truncatingIfNeeded: try cursor.zigzag()))
                exact?(Geometry.ExactCoordinate(index: index, coordinate: coordinate))
            }
        }
        return cursor
    }
}
