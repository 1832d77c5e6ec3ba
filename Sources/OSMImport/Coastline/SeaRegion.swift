import OSMModel
import PlanarGeometry

/// Where an extract has data, in a frame where it is one stretch: the ocean is made inside it.
struct SeaRegion {
    let frame: CoastFrame
    /// Of the frame.
    let box: WorldBox
    /// Exteriors have positive area, holes negative: the region is on the right of each.
    let rings: RingList
    /// Whether somebody said so: an option or the file's header. Otherwise it is the box of the nodes.
    let isStated: Bool

    /// A header's bounds count when they hold this share of the nodes.
    private static let leastShareOfNodes = 0.5
    /// A header's bounds count up to so many times the area of the nodes' box, in degrees; some files say a quarter of the
    /// world.
    private static let greatestExcess = 200.0

    /// The polygon of the options, else their bounds, else those of the header if they fit the nodes, else the nodes' box;
    /// `nil` when that has no area. What was not believed is remarked.
    ///
    /// - Parameter nodes: the nodes' places; asked for only when the options say nothing.
    init?(_ options: SeaOptions, _ header: OSMFileHeader, nodes: () -> NodeExtent?, remarks: inout [ImportRemark]) {
        if let polygon = options.polygon {
            self.init(polygon)
        } else if let bounds = options.bounds {
            self.init(southWest: bounds.southWest, northEast: bounds.northEast, isStated: true)
        } else {
            guard let nodes = nodes() else { return nil }
            switch SeaRegion.stated(header, nodes) {
            case .success(let region?):
                self = region
                return
            case .success(nil): break
            case .failure(let doubt): remarks.append(doubt.remark)
            }
            self.init(CoastFrame(seam: nodes.frame.seam), nodes.box, isStated: false)
        }
    }

    private struct Doubt: Error {
        var remark: ImportRemark
    }

    /// The header's bounds if it has any and they are to be believed.
    private static func stated(_ header: OSMFileHeader, _ nodes: NodeExtent) -> Result<SeaRegion?, Doubt> {
        func doubt(_ remark: ImportRemark) -> Result<SeaRegion?, Doubt> { .failure(Doubt(remark: remark)) }
        guard let bounds = header.bounds else {
            return header.hasUnreadableBounds ? doubt(.unreadableBounds) : .success(nil)
        }
        guard bounds.southWest.isValid, bounds.northEast.isValid,
            let region = SeaRegion(southWest: bounds.southWest, northEast: bounds.northEast, isStated: true)
        else { return doubt(.invalidBounds) }
        let area = Double(region.box.maxX - region.box.minX) * Double(region.box.maxY - region.box.minY)
        let ownArea =
            Double(max(nodes.box.maxX - nodes.box.minX, 1)) * Double(max(nodes.box.maxY - nodes.box.minY, 1))
        if area > greatestExcess * ownArea { return doubt(.hugeBounds(times: Int(area / ownArea))) }
        let share = nodes.share(inside: region)
        if share < leastShareOfNodes { return doubt(.bounds(holdingPercent: Int(share * 100))) }
        return .success(region)
    }

    private init?(southWest: GeoCoordinate, northEast: GeoCoordinate, isStated: Bool) {
        let low = WebMercator.worldPoint(southWest)
        let high = WebMercator.worldPoint(northEast)
        guard southWest.latitude < northEast.latitude, southWest.longitude != northEast.longitude else { return nil }
        let isWestOfEast = southWest.longitude < northEast.longitude
        // +180 as the western side is the same meridian as -180.
        if !isWestOfEast, southWest.longitude == GeoCoordinate.longitudeLimit {
            self.init(
                CoastFrame(), WorldBox(minX: 0, minY: high.y, maxX: high.x, maxY: low.y), isStated: isStated)
            return
        }
        let frame = isWestOfEast ? CoastFrame() : CoastFrame(seam: high.x + (low.x - high.x) / 2)
        let (west, east) = (frame.point(low).x, frame.point(high).x)
        self.init(frame, WorldBox(minX: west, minY: high.y, maxX: east, maxY: low.y), isStated: isStated)
    }

    private init?(_ frame: CoastFrame, _ box: WorldBox, isStated: Bool) {
        guard box.minX < box.maxX, box.minY < box.maxY else { return nil }
        self.frame = frame
        self.box = box
        self.isStated = isStated
        var rings = RingList()
        rings.add([
            WorldPoint(x: box.minX, y: box.minY), WorldPoint(x: box.maxX, y: box.minY),
            WorldPoint(x: box.maxX, y: box.maxY), WorldPoint(x: box.minX, y: box.maxY),
        ])
        self.rings = rings
    }

    private init?(_ polygon: ExtractPolygon) {
        let outlines = polygon.rings.map { $0.points.map(WebMercator.worldPoint) }
        let stretches = outlines.compactMap { points -> (west: UInt32, east: UInt32)? in
            WorldBox(around: points).map { ($0.minX, $0.maxX) }
        }
        let frame = CoastFrame.around(stretches)
        var rings = RingList()
        for (ring, points) in zip(polygon.rings, outlines) {
            let turned = points.map(frame.point)
            let isPositive = RingArea.doubled(turned, turned.indices) > 0
            if isPositive == ring.isHole { rings.add(turned.reversed()) } else { rings.add(turned) }
        }
        guard let box = rings.box else { return nil }
        self.frame = frame
        self.box = box
        self.rings = rings
        isStated = true
    }
}

/// Where the nodes of a file are. Linear in them; plain loops, for a file may have thousands of millions.
struct NodeExtent {
    let frame: CoastFrame
    /// Of the frame.
    let box: WorldBox
    private let locations: NodeLocationIndex
    private let count: Int

    /// `nil` without a located node.
    init?(_ locations: NodeLocationIndex) {
        // Columns of a fifth of a degree that hold a node.
        let bits: UInt32 = 21
        var isOccupied = [Bool](repeating: false, count: 1 << (32 - Int(bits)))
        var count = 0
        for position in 0..<locations.count {
            guard let point = locations.point(at: position) else { continue }
            isOccupied[Int(point.x >> bits)] = true
            count += 1
        }
        guard count > 0 else { return nil }
        let stretches = isOccupied.indices.filter { isOccupied[$0] }.map { column in
            (west: UInt32(column) << bits, east: UInt32(column) << bits | (1 << bits - 1))
        }
        let frame = CoastFrame.around(stretches)
        var box: WorldBox?
        for position in 0..<locations.count {
            guard let point = locations.point(at: position) else { continue }
            if box == nil { box = WorldBox(frame.point(point)) } else { box?.extend(by: frame.point(point)) }
        }
        guard let box else { return nil }
        self.frame = frame
        self.box = box
        self.locations = locations
        self.count = count
    }

    func share(inside region: SeaRegion) -> Double {
        var inside = 0
        for position in 0..<locations.count {
            guard let point = locations.point(at: position) else { continue }
            if region.box.contains(region.frame.point(point)) { inside += 1 }
        }
        return Double(inside) / Double(count)
    }
}
