import OSMImport
import PlanarGeometry
import SystemIO
import TileArchives

/// A file that says an area: a polygon of osmosis, or GeoJSON (RFC 7946) with Polygon and MultiPolygon.
enum PolygonFile {
    /// Larger ones are refused; an outline of a million points has 40 MB.
    private static let byteLimit = 1 << 28

    static func read(_ path: String) throws -> ExtractPolygon {
        let file = try MappedFile(path: path)
        guard file.byteCount <= byteLimit else {
            throw CommandFailure(
                status: .brokenInput, message: "\(path): found \(file.byteCount) bytes, expected at most \(byteLimit)")
        }
        let bytes = file.array(0..<file.byteCount)
        let start = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
        let isJSON = start.first { ![0x20, 0x09, 0x0a, 0x0d].contains($0) } == UInt8(ascii: "{")
        if isJSON { return try geoJSON(file, path) }
        do throws(ExtractPolygonError) {
            return try ExtractPolygon(parsing: String(decoding: start, as: UTF8.self))
        } catch {
            throw CommandFailure(status: .brokenInput, message: "\(path), line \(error.line): \(error.problem)")
        }
    }

    private static func geoJSON(_ file: MappedFile, _ path: String) throws -> ExtractPolygon {
        let document: JSONValue
        do throws(TileArchiveError) { document = try JSONValue(parsing: file.bytes) } catch {
            throw CommandFailure(status: .brokenInput, message: "\(path): \(error)")
        }
        var rings: [ExtractPolygon.Ring] = []
        do throws(Fault) { try append(document, "", to: &rings) } catch {
            let place = error.place.isEmpty ? "" : " at \(error.place)"
            throw CommandFailure(status: .brokenInput, message: "\(path)\(place): \(error.problem)")
        }
        guard !rings.isEmpty else {
            throw CommandFailure(status: .brokenInput, message: "\(path): found no polygon, expected one or more")
        }
        return ExtractPolygon(name: "", rings: rings)
    }

    /// What is wrong, and where in the document.
    private struct Fault: Error {
        var place: String
        var problem: String
    }

    private static func append(
        _ value: JSONValue, _ place: String, to rings: inout [ExtractPolygon.Ring]
    ) throws(Fault) {
        switch value["type"]?.text {
        case "FeatureCollection": try appendAll("features", of: value, place, to: &rings)
        case "GeometryCollection": try appendAll("geometries", of: value, place, to: &rings)
        case "Feature": try append(value["geometry"] ?? .null, place + ".geometry", to: &rings)
        case "Polygon": try appendPolygon(value["coordinates"], place + ".coordinates", to: &rings)
        case "MultiPolygon":
            for (index, polygon) in try elements(value["coordinates"], place + ".coordinates").enumerated() {
                try appendPolygon(polygon, "\(place).coordinates[\(index)]", to: &rings)
            }
        case let type:
            throw Fault(
                place: place,
                problem: "found \(type.map { "the type '\($0)'" } ?? "no type"), expected Polygon or MultiPolygon")
        }
    }

    private static func appendAll(
        _ name: String, of value: JSONValue, _ place: String, to rings: inout [ExtractPolygon.Ring]
    ) throws(Fault) {
        for (index, member) in try elements(value[name], "\(place).\(name)").enumerated() {
            try append(member, "\(place).\(name)[\(index)]", to: &rings)
        }
    }

    private static func appendPolygon(
        _ value: JSONValue?, _ place: String, to rings: inout [ExtractPolygon.Ring]
    ) throws(Fault) {
        for (number, ring) in try elements(value, place).enumerated() {
            var points: [GeoCoordinate] = []
            for (index, position) in try elements(ring, "\(place)[\(number)]").enumerated() {
                let numbers = position.elements ?? []
                guard numbers.count >= 2, case .number(let longitude) = numbers[0],
                    case .number(let latitude) = numbers[1],
                    let point = GeoCoordinate(longitudeDegrees: longitude, latitudeDegrees: latitude)
                else {
                    throw Fault(
                        place: "\(place)[\(number)][\(index)]",
                        problem: "expected a longitude within ±180 and a latitude within ±90 degrees")
                }
                points.append(point)
            }
            if points.count > 1, points.first == points.last { points.removeLast() }
            guard Set(points).count >= 3 else {
                throw Fault(
                    place: "\(place)[\(number)]", problem: "a ring of \(Set(points).count) points has no area")
            }
            rings.append(ExtractPolygon.Ring(points: points, isHole: number > 0))
        }
    }

    private static func elements(_ value: JSONValue?, _ place: String) throws(Fault) -> [JSONValue] {
        guard let elements = value?.elements else { throw Fault(place: place, problem: "expected an array") }
        return elements
    }
}
