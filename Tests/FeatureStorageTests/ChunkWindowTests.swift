import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

/// A chunked geometry read for a window, against the whole geometry, both cut to the window by a slow clipper.
@Suite("Chunks and windows")
struct ChunkWindowTests {
    struct Place {
        var x: Double
        var y: Double
    }

    /// Length of a segment inside a box (Liang and Barsky 1984).
    static func length(_ a: WorldPoint, _ b: WorldPoint, inside box: WorldBox) -> Double {
        let (x, y) = (Double(a.x), Double(a.y))
        let (deltaX, deltaY) = (Double(b.x) - x, Double(b.y) - y)
        var (low, high) = (0.0, 1.0)
        for (delta, room) in [
            (-deltaX, x - Double(box.minX)), (deltaX, Double(box.maxX) - x), (-deltaY, y - Double(box.minY)),
            (deltaY, Double(box.maxY) - y),
        ] {
            if delta == 0 {
                if room < 0 { return 0 }
            } else if delta < 0 {
                low = max(low, room / delta)
            } else {
                high = min(high, room / delta)
            }
        }
        return max(high - low, 0) * (deltaX * deltaX + deltaY * deltaY).squareRoot()
    }

    /// Signed area of a ring inside a box (Sutherland and Hodgman 1974).
    static func area(_ ring: ArraySlice<WorldPoint>, inside box: WorldBox) -> Double {
        let center = Place(x: Double(box.center.x), y: Double(box.center.y))
        var points = ring.map { Place(x: Double($0.x) - center.x, y: Double($0.y) - center.y) }
        let sides: [(Place) -> Double] = [
            { $0.x - (Double(box.minX) - center.x) }, { Double(box.maxX) - center.x - $0.x },
            { $0.y - (Double(box.minY) - center.y) }, { Double(box.maxY) - center.y - $0.y },
        ]
        for side in sides {
            var kept: [Place] = []
            for (index, current) in points.enumerated() {
                let previous = points[(index + points.count - 1) % points.count]
                let (before, after) = (side(previous), side(current))
                if (before >= 0) != (after >= 0) {
                    let share = before / (before - after)
                    kept.append(
                        Place(
                            x: previous.x + share * (current.x - previous.x),
                            y: previous.y + share * (current.y - previous.y)))
                }
                if after >= 0 { kept.append(current) }
            }
            points = kept
            if points.isEmpty { return 0 }
        }
        var sum = 0.0
        for (index, current) in points.enumerated() {
            let previous = points[(index + points.count - 1) % points.count]
            sum += previous.x * current.y - current.x * previous.y
        }
        return sum / 2
    }

    static func wandering(_ count: Int, _ generator: inout SeededGenerator) -> [GeoCoordinate] {
        var place = GeoCoordinate(longitude: 95_000_000, latitude: 470_000_000)
        return (0..<count).map { _ in
            place.longitude += .random(in: -20_000...20_000, using: &generator)
            place.latitude += .random(in: -20_000...20_000, using: &generator)
            return place
        }
    }

    @Test(
        "Inside a window, a chunked geometry read for it is the whole geometry",
        arguments: [StoredShape.line, .lines, .closedLine, .closedArea, .area])
    func windows(shape: StoredShape) throws {
        let seed = UInt64(shape.rawValue) + 500
        var generator = SeededGenerator(seed: seed)
        var features: [MadeUpFeature] = []
        for number in 1...6 {
            var feature = MadeUpFeature(element: ElementID(.way, Int64(number)), tags: [("a", "b")], shape: shape)
            let parts = shape == .lines || shape == .area ? 3 : 1
            for part in 0..<parts {
                feature.parts.append(Self.wandering(parts > 1 ? 100 + 150 * part : 300 + 64 * number, &generator))
                feature.isExterior.append(part == 0)
            }
            features.append(feature)
        }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        var whole = GeometryBuffer()
        var partial = GeometryBuffer()
        var savedPoints = 0
        for number in 0..<store.recordCount {
            let view = try store.feature(number)
            try view.decodeGeometry(varyingCount: 0, into: &whole)
            let box = try #require(WorldBox(around: whole.points))
            for _ in 0..<40 {
                let x = UInt32.random(in: box.minX...box.maxX, using: &generator)
                let y = UInt32.random(in: box.minY...box.maxY, using: &generator)
                let window = WorldBox(WorldPoint(x: x, y: y)).grown(by: .random(in: 1...60_000, using: &generator))
                try view.decodeGeometry(varyingCount: 0, GeometrySelection(window: window), into: &partial)
                #expect(partial.partEnds.count == whole.partEnds.count)
                savedPoints += whole.points.count - partial.points.count
                let isArea = shape == .area || shape == .closedArea
                let (expected, found) = (
                    Self.measure(whole, isArea: isArea, isClosed: isArea || shape == .closedLine, window),
                    Self.measure(partial, isArea: isArea, isClosed: isArea || shape == .closedLine, window)
                )
                let scale = isArea ? Double(window.maxX - window.minX) * Double(window.maxY - window.minY) : expected
                #expect(abs(expected - found) <= 1e-6 * scale + 1e-6, "seed \(seed), \(shape)")
            }
        }
        #expect(savedPoints > 0)
    }

    static func measure(_ buffer: GeometryBuffer, isArea: Bool, isClosed: Bool, _ window: WorldBox) -> Double {
        var sum = 0.0
        var start = 0
        for end in buffer.partEnds {
            if isArea {
                sum += area(buffer.points[start..<end], inside: window)
            } else {
                for index in start..<max(start, end - 1) {
                    sum += length(buffer.points[index], buffer.points[index + 1], inside: window)
                }
                if isClosed { sum += length(buffer.points[end - 1], buffer.points[start], inside: window) }
            }
            start = end
        }
        return sum
    }

    @Test("The stored summary is that of the whole geometry")
    func summary() throws {
        var generator = SeededGenerator(seed: 9)
        let features = [StoredShape.line, .closedArea, .area].enumerated().map { index, shape in
            MadeUpFeature(
                element: ElementID(.way, Int64(index)), tags: [("a", "b")], shape: shape,
                parts: [Self.wandering(700, &generator)])
        }
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(features, in: folder)
        var buffer = GeometryBuffer()
        var scratch = LabelPointScratch()
        for number in 0..<store.recordCount {
            let view = try store.feature(number)
            let shape = view.shape
            try view.decodeGeometry(varyingCount: 0, into: &buffer)
            let stored = try view.storedSummary(varyingCount: 0)
            #expect(stored == GeometrySummary(shape, buffer, scratch: &scratch))
        }
    }
}
