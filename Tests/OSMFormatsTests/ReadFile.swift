import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry

/// One element as tests compare it, its tags in any order.
struct ElementContent: Equatable {
    var id: ElementID
    /// 1e-7 degree; of ways their nodes' places, where the file writes them.
    var places: [GeoCoordinate] = []
    var tags: [String: String] = [:]
    var references: [Int64] = []
    var members: [String] = []
}

/// All of a file's elements, each kind in file order.
struct FileContent {
    var header = OSMFileHeader()
    var elements: [ElementContent] = []
    /// With places in their blocks.
    var deletions: [Deletion] = []
    var deleted: [ElementID] { deletions.map(\.element) }

    func count(_ kind: ElementKind) -> Int {
        elements.count { $0.id.kind == kind } + deleted.count { $0.kind == kind }
    }

    func elements(_ kind: ElementKind) -> [ElementContent] { elements.filter { $0.id.kind == kind } }
}

func content(of block: OSMBlock) -> [ElementContent] {
    func tags(_ columns: TagColumns, _ element: Int) -> [String: String] {
        var tags: [String: String] = [:]
        for tag in columns.range(element) {
            tags[block.strings.string(Int(columns.keys[tag]))] = block.strings.string(Int(columns.values[tag]))
        }
        return tags
    }
    var elements: [ElementContent] = []
    for node in block.nodes.ids.indices {
        elements.append(
            ElementContent(
                id: ElementID(.node, block.nodes.ids[node]), places: [block.nodes.coordinates[node]],
                tags: tags(block.nodes.tags, node)))
    }
    for way in block.ways.ids.indices {
        let range = block.ways.referenceRange(way)
        let places = block.ways.referenceCoordinates.isEmpty ? [] : Array(block.ways.referenceCoordinates[range])
        elements.append(
            ElementContent(
                id: ElementID(.way, block.ways.ids[way]), places: places, tags: tags(block.ways.tags, way),
                references: Array(block.ways.references[range])))
    }
    for relation in block.relations.ids.indices {
        let members = block.relations.memberRange(relation).map { member in
            let kind = block.relations.memberKinds[member]
            let role = block.strings.string(Int(block.relations.memberRoles[member]))
            return "\(ElementID(kind, block.relations.memberIDs[member])) \(role)"
        }
        elements.append(
            ElementContent(
                id: ElementID(.relation, block.relations.ids[relation]), tags: tags(block.relations.tags, relation),
                members: members))
    }
    return elements
}

/// Reads a whole file. `onBlock` sees each block as it comes, also when an error follows.
func readFile(
    _ path: String, threads: Int = 1, options: OSMReadingOptions = OSMReadingOptions(),
    onBlock: (OSMBlock) -> Void = { _ in }
) async throws -> FileContent {
    let source = try OSMFile.open(path: path, options: options)
    var result = FileContent()
    result.header = try await source.readBlocks(
        threads: threads, transform: { $0 },
        consume: { block in
            onBlock(block)
            result.elements.append(contentsOf: content(of: block))
            result.deletions.append(contentsOf: block.deletions)
        })
    return result
}

/// Only the numbers of elements, deleted ones included.
func countElements(_ path: String, threads: Int = 1) async throws -> [Int] {
    let source = try OSMFile.open(path: path)
    var counts = [0, 0, 0]
    _ = try await source.readBlocks(
        threads: threads,
        transform: { block in
            var counts = [block.nodes.ids.count, block.ways.ids.count, block.relations.ids.count]
            for deletion in block.deletions { counts[Int(deletion.element.kind.rawValue)] += 1 }
            return counts
        },
        consume: { for kind in 0..<3 { counts[kind] += $0[kind] } })
    return counts
}

/// Elements as the expected files write them: coordinates in nanodegrees, cut to 1e-7 degree here.
func expectedElements(_ json: Any) -> [ElementContent] {
    let list = json as? [[String: Any]] ?? []
    return list.map { entry in
        let kind = ElementKind.allCases.first { String($0.letter) == entry["t"] as? String } ?? .node
        var element = ElementContent(id: ElementID(kind, (entry["id"] as? NSNumber)?.int64Value ?? 0))
        element.tags = entry["tags"] as? [String: String] ?? [:]
        func place(_ latitude: Any?, _ longitude: Any?) -> GeoCoordinate {
            GeoCoordinate(
                longitude: Int32(((longitude as? NSNumber)?.int64Value ?? 0) / 100),
                latitude: Int32(((latitude as? NSNumber)?.int64Value ?? 0) / 100))
        }
        if kind == .node { element.places = [place(entry["lat_nano"], entry["lon_nano"])] }
        for location in entry["locations_nano"] as? [[Any]] ?? [] {
            element.places.append(place(location.first, location.last))
        }
        element.references = (entry["refs"] as? [NSNumber] ?? []).map(\.int64Value)
        element.members = (entry["members"] as? [[Any]] ?? []).map { member in
            "\(member[0])\((member[1] as? NSNumber)?.int64Value ?? 0) \(member[2])"
        }
        return element
    }
}
