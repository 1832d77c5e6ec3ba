import OSMModel
import PlanarGeometry

/// Where a town lies and which ids it has.
struct TownPlacement {
    /// Of the market square, 1e-7 degree.
    var centre: GeoCoordinate
    /// Turns every town but the first, so that no two look alike.
    var turn: PlanAngle
    /// Ids of the draft's elements 0, by kind.
    var firstID: (node: Int64, way: Int64, relation: Int64)

    /// Degrees at 46.2 degrees north; the towns are small and near to it, so one scale serves all of them.
    private static let metresPerDegree = (longitude: 77_167.0, latitude: 111_148.0)

    func coordinate(_ point: PlanPoint) -> GeoCoordinate {
        let place = point.rotated(by: turn)
        let unit = 1e7
        let longitude = (place.x / TownPlacement.metresPerDegree.longitude * unit).rounded()
        let latitude = (place.y / TownPlacement.metresPerDegree.latitude * unit).rounded()
        return GeoCoordinate(
            longitude: centre.longitude + Int32(longitude), latitude: centre.latitude + Int32(latitude))
    }

    func id(_ kind: ElementKind, _ number: Int) -> Int64 {
        switch kind {
        case .node: firstID.node + Int64(number)
        case .way: firstID.way + Int64(number)
        case .relation: firstID.relation + Int64(number)
        }
    }
}

/// Collects elements of one kind into blocks of 8,000.
struct BlockFiller {
    private(set) var block = OSMBlock()
    private var strings: [String: UInt32] = [:]

    init() {
        block.strings.append([])
        strings[""] = 0
    }

    var elementCount: Int { block.elementCount }

    mutating func addNode(_ node: TownDraft.Node, id: Int64, at coordinate: GeoCoordinate) {
        block.nodes.ids.append(id)
        block.nodes.coordinates.append(coordinate)
        addTags(node.tags, to: \.nodes.tags)
    }

    mutating func addWay(_ way: TownDraft.Way, id: Int64, _ placement: TownPlacement) {
        block.ways.ids.append(id)
        for node in way.nodes { block.ways.references.append(placement.id(.node, node)) }
        block.ways.referenceEnds.append(UInt32(block.ways.references.count))
        addTags(way.tags, to: \.ways.tags)
    }

    mutating func addRelation(_ relation: TownDraft.Relation, id: Int64, _ placement: TownPlacement) {
        block.relations.ids.append(id)
        for member in relation.members {
            block.relations.memberKinds.append(member.kind)
            // Ids that no sample of any size reaches stand for elements that the file does not hold.
            block.relations.memberIDs.append(
                member.number.map { placement.id(member.kind, $0) } ?? 900_000_000_000 + id)
            block.relations.memberRoles.append(string(member.role))
        }
        block.relations.memberEnds.append(UInt32(block.relations.memberIDs.count))
        addTags(relation.tags, to: \.relations.tags)
    }

    private mutating func addTags(_ tags: [DraftTag], to columns: WritableKeyPath<OSMBlock, TagColumns>) {
        for tag in tags {
            let (key, value) = (string(tag.key), string(tag.value))
            block[keyPath: columns].keys.append(key)
            block[keyPath: columns].values.append(value)
        }
        block[keyPath: columns].ends.append(UInt32(block[keyPath: columns].keys.count))
    }

    private mutating func string(_ text: String) -> UInt32 {
        if let number = strings[text] { return number }
        let number = UInt32(block.strings.append(text.utf8))
        strings[text] = number
        return number
    }
}
