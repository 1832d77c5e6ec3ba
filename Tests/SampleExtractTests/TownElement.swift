import OSMModel
import PlanarGeometry

/// One element of a town.
struct TownElement: Equatable {
    var id: ElementID
    var coordinates: [GeoCoordinate] = []
    var references: [Int64] = []
    var members: [String] = []
    var tags: [String] = []
}

/// The elements of a block in the order of its columns.
func townElements(of block: OSMBlock) -> [TownElement] {
    func tags(_ columns: TagColumns, _ element: Int) -> [String] {
        columns.range(element).map { tag in
            "\(block.strings.string(Int(columns.keys[tag])))=\(block.strings.string(Int(columns.values[tag])))"
        }
    }
    let nodes = block.nodes.ids.indices.map { node in
        TownElement(
            id: ElementID(.node, block.nodes.ids[node]), coordinates: [block.nodes.coordinates[node]],
            tags: tags(block.nodes.tags, node))
    }
    let ways = block.ways.ids.indices.map { way in
        let range = block.ways.referenceRange(way)
        let places = block.ways.referenceCoordinates
        return TownElement(
            id: ElementID(.way, block.ways.ids[way]), coordinates: places.isEmpty ? [] : Array(places[range]),
            references: Array(block.ways.references[range]), tags: tags(block.ways.tags, way))
    }
    let relations = block.relations.ids.indices.map { relation in
        let members = block.relations.memberRange(relation).map { member in
            let id = ElementID(block.relations.memberKinds[member], block.relations.memberIDs[member])
            return "\(id) \(block.strings.string(Int(block.relations.memberRoles[member])))"
        }
        return TownElement(
            id: ElementID(.relation, block.relations.ids[relation]), members: members,
            tags: tags(block.relations.tags, relation))
    }
    return nodes + ways + relations
}
