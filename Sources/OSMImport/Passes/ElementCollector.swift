import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import SystemIO

/// Everything of a file that later steps need, as columns, taken over block by block in file order.
struct ElementCollector {
    var locations = NodeLocationIndexBuilder()
    var tags = TagCollector()
    var nodes = TaggedNodes()
    var ways = CollectedWays()
    var relations = CollectedRelations()
    /// Positions that ways carry themselves, for nodes that the file leaves out.
    var locationsOnWays = NodeLocationIndexBuilder()
    var read = ImportReport.Counts()
    var deletions = ElementDeletions()
    var repeatedKeys: [ElementID] = []
    var newestTimestamp: Int64?
    /// What the file says of itself.
    var header = OSMFileHeader()

    struct TaggedNodes: Sendable {
        var ids: [Int64] = []
        var coordinates: [GeoCoordinate] = []
        var tagLists: [UInt32] = []
        /// Where each is among all nodes of the file.
        var fileIndexes: [UInt32] = []

        /// Without the nodes at these places in the file.
        func removing(_ superseded: Set<UInt32>) -> TaggedNodes {
            if superseded.isEmpty { return self }
            var kept = TaggedNodes()
            for (index, fileIndex) in fileIndexes.enumerated() where !superseded.contains(fileIndex) {
                kept.ids.append(ids[index])
                kept.coordinates.append(coordinates[index])
                kept.tagLists.append(tagLists[index])
                kept.fileIndexes.append(fileIndex)
            }
            return kept
        }
    }

    mutating func take(_ prepared: PreparedBlock) throws {
        let block = prepared.block
        read.nodes += block.nodes.ids.count
        read.ways += block.ways.ids.count
        read.relations += block.relations.ids.count
        for deletion in block.deletions {
            read[deletion.element.kind] += 1
            let before =
                switch deletion.element.kind {
                case .node: locations.points.count
                case .way: ways.ids.count
                case .relation: relations.ids.count
                }
            deletions.add(Deletion(element: deletion.element, place: before + deletion.place))
        }
        if let newest = block.newestTimestamp { newestTimestamp = max(newestTimestamp ?? newest, newest) }
        tags.beginBlock(block.strings)
        try takeNodes(prepared)
        try takeWays(prepared)
        takeRelations(block)
    }

    private mutating func list(_ range: Range<Int>, _ columns: TagColumns, _ block: OSMBlock, _ element: ElementID)
        -> UInt32
    {
        let (list, hasRepeatedKey) = tags.add(range, of: columns, strings: block.strings)
        if hasRepeatedKey { repeatedKeys.append(element) }
        return list
    }

    private mutating func takeNodes(_ prepared: PreparedBlock) throws {
        let columns = prepared.block.nodes
        let start = locations.points.count
        try locations.append(ids: columns.ids, points: prepared.points, coordinates: columns.coordinates)
        if columns.tags.ends.isEmpty { return }
        for (index, id) in columns.ids.enumerated() {
            let range = columns.tags.range(index)
            if range.isEmpty { continue }
            nodes.ids.append(id)
            nodes.coordinates.append(columns.coordinates[index])
            nodes.tagLists.append(list(range, columns.tags, prepared.block, ElementID(.node, id)))
            nodes.fileIndexes.append(UInt32(truncatingIfNeeded: start + index))
        }
    }

    private mutating func takeWays(_ prepared: PreparedBlock) throws {
        let columns = prepared.block.ways
        let base = ways.references.count
        ways.references.append(contentsOf: prepared.references)
        for (index, id) in columns.ids.enumerated() {
            let range = columns.tags.range(index)
            ways.ids.append(id)
            ways.referenceEnds.append(base + prepared.referenceByteEnds[index])
            ways.tagLists.append(range.isEmpty ? .max : list(range, columns.tags, prepared.block, ElementID(.way, id)))
        }
        if !columns.referenceCoordinates.isEmpty {
            try locationsOnWays.append(
                ids: columns.references, points: columns.referenceCoordinates.map(WebMercator.worldPoint),
                coordinates: columns.referenceCoordinates)
        }
    }

    private mutating func takeRelations(_ block: OSMBlock) {
        let columns = block.relations
        for (index, id) in columns.ids.enumerated() {
            let range = columns.tags.range(index)
            relations.ids.append(id)
            relations.tagLists.append(range.isEmpty ? .max : list(range, columns.tags, block, ElementID(.relation, id)))
            for member in columns.memberRange(index) {
                relations.members.append(ElementID(columns.memberKinds[member], columns.memberIDs[member]))
                relations.roles.append(tags.string(columns.memberRoles[member], of: block.strings))
            }
            relations.memberEnds.append(relations.members.count)
        }
    }
}

/// All ways of a file. A tag list of `.max` means no tags.
struct CollectedWays: Sendable {
    var ids: [Int64] = []
    var tagLists: [UInt32] = []
    /// Node ids as they are stored, see `ReferenceCoding`.
    var references: [UInt8] = []
    var referenceEnds: [Int] = []

    func referenceBytes(_ way: Int) -> Range<Int> { (way == 0 ? 0 : referenceEnds[way - 1])..<referenceEnds[way] }
}

/// All relations of a file. A tag list of `.max` means no tags. Roles are provisional string numbers.
struct CollectedRelations: Sendable {
    var ids: [Int64] = []
    var tagLists: [UInt32] = []
    var members: [ElementID] = []
    var roles: [UInt32] = []
    var memberEnds: [Int] = []

    func memberRange(_ relation: Int) -> Range<Int> {
        (relation == 0 ? 0 : memberEnds[relation - 1])..<memberEnds[relation]
    }
}
