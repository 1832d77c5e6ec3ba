import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import TestSupport

/// A feature as a test describes it. Rings and closed ways do not repeat their first point.
struct MadeUpFeature {
    var element: ElementID
    var tags: [(key: String, value: String)] = []
    var shape = StoredShape.none
    var parts: [[GeoCoordinate]] = []
    var isExterior: [Bool] = []
    var role = RecordRole.feature
    var lowestZoom: UInt8 = 15
    var nodes: [Int64] = []
    var members: [RelationMember] = []

    var coordinates: [GeoCoordinate] { parts.flatMap { $0 } }
}

/// Stores made from a few features, the way an import makes them.
enum MadeUpStore {
    static func content(
        _ features: [MadeUpFeature], batchSize: Int = .max, keysKeptInSets: [String] = [],
        problems: [MapProblem] = []
    ) -> FeatureStoreContent {
        var collector = TagCollector()
        var roles: [UInt32] = []
        var lists: [UInt32?] = []
        for feature in features {
            lists.append(feature.tags.isEmpty ? nil : collector.add(feature.tags))
            for member in feature.members { roles.append(collector.string(member.role)) }
        }
        let roleNumbers = roles
        let tags = collector.finish(keysKeptInSets: keysKeptInSets, rolesInUse: roles)
        var batches = [FeatureDraftBatch()]
        for (feature, list) in zip(features, lists) {
            if batches[batches.count - 1].drafts.count >= batchSize { batches.append(FeatureDraftBatch()) }
            add(feature, list, to: &batches[batches.count - 1])
        }
        let owners = features.filter { $0.role != .derived }
        var wayNodes = ReferenceColumn()
        for way in owners.filter({ $0.element.kind == .way }).sorted(by: { $0.element < $1.element }) {
            wayNodes.append(references(way.nodes)[...])
        }
        var next = 0
        var coded: [(relation: Int64, bytes: [UInt8])] = []
        for feature in features {
            var encoder = MemberEncoder()
            for member in feature.members {
                encoder.append(member.element, role: tags.finalStringNumber[Int(roleNumbers[next])])
                next += 1
            }
            if feature.element.kind == .relation, feature.role != .derived {
                coded.append((feature.element.number, encoder.bytes))
            }
        }
        var members = ReferenceColumn()
        for relation in coded.sorted(by: { $0.relation < $1.relation }) { members.append(relation.bytes[...]) }
        return FeatureStoreContent(
            tags: tags, batches: batches, wayNodes: wayNodes, members: members, problems: problems,
            metadata: StoreMetadata())
    }

    private static func references(_ nodes: [Int64]) -> [UInt8] {
        var bytes: [UInt8] = []
        var previous: Int64 = 0
        for node in nodes {
            bytes.appendZigzag(node &- previous)
            previous = node
        }
        return bytes
    }

    private static func add(_ feature: MadeUpFeature, _ list: UInt32?, to batch: inout FeatureDraftBatch) {
        var draft = FeatureDraft(element: feature.element, tagList: list)
        draft.shape = feature.shape
        draft.role = feature.role
        draft.lowestZoom = feature.lowestZoom
        let coordinates = feature.coordinates
        let points = coordinates.map(WebMercator.worldPoint)
        draft.box = WorldBox(around: points)
        for (index, coordinate) in coordinates.enumerated() where !WebMercator.isExact(coordinate) {
            draft.exactCoordinates.append(.init(index: index, coordinate: coordinate))
        }
        if points.isEmpty || feature.shape == .members || feature.shape == .none { return batch.add(draft) }
        var ends: [Int] = []
        for part in feature.parts { ends.append((ends.last ?? 0) + part.count) }
        let exteriors = feature.isExterior.isEmpty ? feature.parts.map { _ in true } : feature.isExterior
        batch.add(draft, points: points, partEnds: ends, isExterior: exteriors)
    }

    static func store(_ features: [MadeUpFeature], in folder: TemporaryFolder) throws -> FeatureStore {
        let path = folder.path("made-up.tuile")
        try FeatureStoreWriter.write(content(features), to: path, replacing: true)
        return try FeatureStore(path: path)
    }
}

extension GeoCoordinate {
    /// Degrees, for writing tests.
    init(_ longitude: Double, _ latitude: Double) {
        self.init(longitude: Int32((longitude * 1e7).rounded()), latitude: Int32((latitude * 1e7).rounded()))
    }

    static func random(_ generator: inout SeededGenerator) -> GeoCoordinate {
        GeoCoordinate(
            longitude: .random(in: -1_800_000_000...1_800_000_000, using: &generator),
            latitude: .random(in: -900_000_000...900_000_000, using: &generator))
    }
}
