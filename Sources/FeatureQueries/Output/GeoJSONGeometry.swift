import PlanarGeometry

extension Array where Element == UInt8 {
    /// Appends a geometry object, or `null` without one.
    mutating func appendGeoJSON(_ geometry: Geometry?) {
        guard let geometry else { return appendText("null") }
        let shape = GeoJSONShape(geometry)
        var members = 0
        if !shape.points.isEmpty { members += 1 }
        if !shape.lines.isEmpty { members += 1 }
        if !shape.polygons.isEmpty { members += 1 }
        if members == 0 { return appendText("null") }
        if members > 1 { appendText("{\"type\":\"GeometryCollection\",\"geometries\":[") }
        if !shape.points.isEmpty {
            appendMember("{\"type\":\"Point\"", "{\"type\":\"MultiPoint\"", shape.points) { $0.appendPosition($1) }
        }
        if !shape.points.isEmpty, !shape.lines.isEmpty { appendText(",") }
        if !shape.lines.isEmpty {
            appendMember("{\"type\":\"LineString\"", "{\"type\":\"MultiLineString\"", shape.lines) {
                $0.appendLine($1)
            }
        }
        if !shape.polygons.isEmpty {
            appendMember("{\"type\":\"Polygon\"", "{\"type\":\"MultiPolygon\"", shape.polygons) {
                $0.appendPolygon($1)
            }
        }
        if members > 1 { appendText("]}") }
    }

    private mutating func appendMember<Item>(
        _ single: StaticString, _ several: StaticString, _ items: [Item], _ append: (inout [UInt8], Item) -> Void
    ) {
        appendText(items.count == 1 ? single : several)
        appendText(",\"coordinates\":")
        if items.count == 1 {
            append(&self, items[0])
        } else {
            appendList(items, append)
        }
        appendText("}")
    }

    private mutating func appendList<Item>(_ items: [Item], _ append: (inout [UInt8], Item) -> Void) {
        appendText("[")
        for (index, item) in items.enumerated() {
            if index > 0 { appendText(",") }
            append(&self, item)
        }
        appendText("]")
    }

    private mutating func appendPosition(_ position: GeoCoordinate) {
        appendText("[")
        appendDegrees(position.longitude)
        appendText(",")
        appendDegrees(position.latitude)
        appendText("]")
    }

    private mutating func appendLine(_ line: [GeoCoordinate]) { appendList(line) { $0.appendPosition($1) } }

    /// Closes each ring and turns it as RFC 7946 section 3.1.6 wants it.
    private mutating func appendPolygon(_ rings: [[GeoCoordinate]]) {
        appendText("[")
        for (index, ring) in rings.enumerated() {
            if index > 0 { appendText(",") }
            let isCounterClockwise = AntimeridianCut.doubledArea(ring.map(PlanePoint.init)) >= 0
            let turned = isCounterClockwise == (index == 0) ? ring : ring.reversed()
            appendLine(turned + turned.prefix(1))
        }
        appendText("]")
    }
}

/// A geometry in longitudes and latitudes, sorted by what GeoJSON calls its parts and cut at 180 degrees.
struct GeoJSONShape {
    var points: [GeoCoordinate] = []
    var lines: [[GeoCoordinate]] = []
    /// For each polygon its exterior ring and its interior ones; first points not repeated.
    var polygons: [[[GeoCoordinate]]] = []

    init(_ geometry: Geometry) {
        let coordinates = geometry.coordinates()
        var polygon: [[GeoCoordinate]] = []
        for part in 0..<geometry.partCount {
            let range = geometry.partRange(part)
            let piece = Array(coordinates[range])
            switch geometry.type {
            case .points: points += piece
            case .lines: append(line: piece)
            case .collection: if piece.count == 1 { points += piece } else { append(line: piece) }
            case .polygons:
                // A ring of two points has no inside and is no ring for GeoJSON.
                if piece.count < 3 { continue }
                if !polygon.isEmpty, RingArea.doubledRoundWorld(geometry.points, range) > 0 {
                    append(polygon: polygon)
                    polygon.removeAll()
                }
                polygon.append(piece)
            }
        }
        if !polygon.isEmpty { append(polygon: polygon) }
    }

    private mutating func append(line: [GeoCoordinate]) {
        if line.count < 2 { return }
        for piece in AntimeridianCut.degrees.lines(line.map(PlanePoint.init)) {
            lines.append(piece.map(GeoCoordinate.init))
        }
    }

    private mutating func append(polygon: [[GeoCoordinate]]) {
        for piece in AntimeridianCut.degrees.polygons(polygon.map { $0.map(PlanePoint.init) }) {
            polygons.append(piece.map { $0.map(GeoCoordinate.init) })
        }
    }
}

extension PlanePoint {
    /// Longitude and latitude in 1e-7 degree.
    fileprivate init(_ coordinate: GeoCoordinate) {
        self.init(x: Int64(coordinate.longitude), y: Int64(coordinate.latitude))
    }
}

extension GeoCoordinate {
    fileprivate init(_ place: PlanePoint) {
        self.init(longitude: Int32(truncatingIfNeeded: place.x), latitude: Int32(truncatingIfNeeded: place.y))
    }
}
