import ByteCoding
import OSMModel
import PlanarGeometry

/// What an import found odd, as the store's `problems` section: varint count, then for each problem in ascending order
///
/// | part | meaning |
/// |---|---|
/// | u8 | the kind's raw value |
/// | u8 | bits 0-1 element kind, bit 2 a place follows, bit 3 another element follows, bits 4-5 its kind, bit 6 a detail follows |
/// | zigzag | element id, as the difference from the problem before |
/// | zigzag each | with bit 2: longitude and latitude in 1e-7 degree, as differences from the last place before |
/// | zigzag | with bit 3: the other element's id |
/// | varint, bytes | with bit 6: length and UTF-8 of the detail |
enum ProblemCoding {
    static func encode(_ problems: [MapProblem]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendVarint(problems.count)
        var number: Int64 = 0
        var place = GeoCoordinate(longitude: 0, latitude: 0)
        for problem in problems {
            var flags = problem.element.kind.rawValue
            if problem.place != nil { flags |= 1 << 2 }
            if let other = problem.other { flags |= 1 << 3 | other.kind.rawValue << 4 }
            if !problem.detail.isEmpty { flags |= 1 << 6 }
            bytes.append(problem.kind.rawValue)
            bytes.append(flags)
            bytes.appendZigzag(problem.element.number &- number)
            number = problem.element.number
            if let found = problem.place {
                bytes.appendZigzag(Int64(found.longitude) - Int64(place.longitude))
                bytes.appendZigzag(Int64(found.latitude) - Int64(place.latitude))
                place = found
            }
            if let other = problem.other { bytes.appendZigzag(other.number) }
            if !problem.detail.isEmpty {
                bytes.appendVarint(problem.detail.utf8.count)
                bytes.append(contentsOf: problem.detail.utf8)
            }
        }
        return bytes
    }

    static func decode(_ bytes: RawSpan) throws -> [MapProblem] {
        var cursor = ByteCursor(bytes)
        let count = try cursor.varint()
        // A problem takes three bytes at least, so a wrong count cannot ask for memory.
        guard count <= UInt64(bytes.byteCount) else {
            throw ByteCodingError.truncated(offset: 0, count: 0, available: bytes.byteCount)
        }
        var problems: [MapProblem] = []
        problems.reserveCapacity(Int(count))
        var number: Int64 = 0
        var place = GeoCoordinate(longitude: 0, latitude: 0)
        for _ in 0..<count {
            let start = cursor.offset
            let kind = ProblemKind(rawValue: try cursor.uint8())
            let flags = try cursor.uint8()
            guard let kind, let elementKind = ElementKind(rawValue: flags & 3) else {
                throw ProblemCodingError.unknownKind(offset: start)
            }
            number = number &+ (try cursor.zigzag())
            var problem = MapProblem(kind, ElementID(elementKind, number))
            if flags & 1 << 2 != 0 {
                place.longitude = Int32(truncatingIfNeeded: Int64(place.longitude) &+ (try cursor.zigzag()))
                place.latitude = Int32(truncatingIfNeeded: Int64(place.latitude) &+ (try cursor.zigzag()))
                problem.place = place
            }
            if flags & 1 << 3 != 0 {
                guard let otherKind = ElementKind(rawValue: flags >> 4 & 3) else {
                    throw ProblemCodingError.unknownKind(offset: start)
                }
                problem.other = ElementID(otherKind, try cursor.zigzag())
            }
            if flags & 1 << 6 != 0 {
                problem.detail = try cursor.span(Int(truncatingIfNeeded: try cursor.varint())).toString()
            }
            problems.append(problem)
        }
        return problems
    }
}

/// Bytes that are no problem list. Wrapped into `FeatureStoreError.damaged` before anyone sees it.
enum ProblemCodingError: Error, CustomStringConvertible {
    case unknownKind(offset: Int)

    var description: String {
        switch self {
        case .unknownKind(let offset): "at byte \(offset) of the problems: found an unknown kind"
        }
    }
}
