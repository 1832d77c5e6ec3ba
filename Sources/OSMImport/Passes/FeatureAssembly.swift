import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas
import WorkPipeline

/// All features of a file, and the account of every element.
struct FeatureAssembly {
    private(set) var report = ImportReport()
    var batches: [FeatureDraftBatch] = []
    private(set) var sea: StoreMetadata.Sea?
    private var tags: TagCollector
    private let locator: WayLocator
    private let wayLookup: ElementLookup
    private let relations: CollectedRelations
    private let relationLookup: ElementLookup
    /// Ids of untagged ways, and indexes of untagged relations, that are stored because relations show them.
    private var partWays: Set<Int64> = []
    private var partRelations: Set<Int> = []

    init(_ collector: consuming ElementCollector, options: ImportOptions) async throws {
        var problems: [MapProblem] = []
        var refused = FindingCollector<RefusalReason>()
        tags = collector.tags
        relations = collector.relations
        report.read = collector.read
        for element in collector.deletions.elements { refused.add(.deleted, element) }
        problems += collector.repeatedKeys.map { MapProblem(.repeatedKey, $0) }
        var superseded: Set<UInt32> = []
        let locations = try collector.locations.finish(deletions: collector.deletions.places(of: .node)) {
            id, fileIndex in
            refused.add(.repeatedElement, ElementID(.node, id))
            superseded.insert(fileIndex)
        }
        // A tagged node may come again without tags.
        let nodes = collector.nodes.removing(superseded)
        let locationsOnWays = try collector.locationsOnWays.finish { _, _ in }
        wayLookup = ElementLookup(collector.ways.ids, deletions: collector.deletions.places(of: .way))
        relationLookup = ElementLookup(relations.ids, deletions: collector.deletions.places(of: .relation))
        locator = WayLocator(
            ways: collector.ways, lookup: wayLookup, locations: locations, locationsOnWays: locationsOnWays)
        for index in wayLookup.repeated { refused.add(.repeatedElement, ElementID(.way, collector.ways.ids[index])) }
        for index in relationLookup.repeated {
            refused.add(.repeatedElement, ElementID(.relation, relations.ids[index]))
        }

        let facts = RelationFacts(relations, relationLookup, &tags)
        let derived = facts.derivedLists(collector.ways, wayLookup, &tags)
        var uses = ElementUses(nodeCount: locations.count)
        var wantedNodes: Set<Int64> = []
        var plainLines: Set<Int64> = []
        try await addRelations(facts, options, &uses, &problems, &wantedNodes, &plainLines)
        try await addWays(derived, plainLines, options, &uses, &problems)
        addNodes(nodes, wantedNodes, &problems)
        try addSea(options.sea, collector.header, nodes, &problems)
        account(nodes, uses)
        problems += qualityProblems(nodes, uses)
        var places = ElementPlaces(
            locator: locator, ways: wayLookup, relations: relations, relationLookup: relationLookup)
        report.problems = MapProblem.distinct(try places.completed(problems))
        report.refused = refused.findings
    }

    /// What is odd about tags and about nodes, whatever becomes of the objects.
    private func qualityProblems(_ nodes: ElementCollector.TaggedNodes, _ uses: ElementUses) -> [MapProblem] {
        var oddTags = OddTags(tags)
        let nodeLookup = ElementLookup(nodes.ids)
        for index in nodeLookup.ascending { oddTags.check(ElementID(.node, nodes.ids[index]), nodes.tagLists[index]) }
        for way in wayLookup.ascending where locator.ways.tagLists[way] != .max {
            oddTags.check(ElementID(.way, locator.ways.ids[way]), locator.ways.tagLists[way])
        }
        for relation in relationLookup.ascending where relations.tagLists[relation] != .max {
            oddTags.check(ElementID(.relation, relations.ids[relation]), relations.tagLists[relation])
        }
        let duplicates = DuplicateNodes(locations: locator.locations, used: uses.wayNodes) { id in
            nodeLookup.index(of: id).map { tags.tags(ofList: nodes.tagLists[$0]) }
        }
        return oddTags.problems + duplicates.problems()
    }

    private mutating func addRelations(
        _ facts: RelationFacts, _ options: ImportOptions, _ uses: inout ElementUses,
        _ problems: inout [MapProblem], _ wantedNodes: inout Set<Int64>,
        _ plainLines: inout Set<Int64>
    ) async throws {
        let graphs = MemberGraphs(relations, relationLookup, facts)
        let roots = relationLookup.ascending.lazy.filter { [relations] in relations.tagLists[$0] != .max }
        let work = RelationAssembly(
            relations: relations, locator: locator, ways: wayLookup, relationLookup: relationLookup,
            purposes: facts.purposes, areaRoles: RingMemberRoles(tags), reached: graphs.all.reached(from: roots),
            stopRoles: facts.stopRoles, labelRole: facts.labelRole)
        var chunks = relationLookup.ascending.chunks(of: RelationAssembly.chunkSize).makeIterator()
        var outputs: [RelationAssembly.Output] = []
        try await orderedParallelMap(
            threads: options.threads, next: { chunks.next() }, transform: { try work.assemble($0) },
            consume: { outputs.append($0) })
        var hint = NodeLocationIndex.Hint()
        var summaries: [MemberSummary] = []
        for var output in outputs {
            problems += output.problems
            summaries += output.summaries
            for node in output.usedNodes {
                if let position = locator.locations.position(ofNode: node, hint: &hint) { uses.nodes.insert(position) }
            }
            uses.ways.formUnion(output.usedWays)
            uses.relations.formUnion(output.usedRelations)
            wantedNodes.formUnion(output.wantedNodes)
            partWays.formUnion(output.wantedWays)
            for (draft, outerWays) in output.oldStyle {
                plainLines.formUnion(outerWays.map { locator.ways.ids[$0] })
                guard let list = commonTags(outerWays, of: output.batch.drafts[draft]) else { continue }
                output.batch.update(draft) { $0.tagList = list }
            }
            batches.append(output.batch)
        }
        let collections = MemberCollections(summaries, relations, facts, graphs)
        batches.append(collections.batch)
        problems += collections.problems
        partRelations = collections.parts
        problems += RelationCycles.problems(relations, relationLookup, summaries)
    }

    /// The tags that all outer ways share, behind the relation's own.
    private mutating func commonTags(_ outerWays: [Int], of draft: FeatureDraft) -> UInt32? {
        let lists = outerWays.map { locator.ways.tagLists[$0] }
        guard let own = draft.tagList, let first = lists.first, !lists.contains(.max) else { return nil }
        var common = tags.tags(ofList: own)
        let others = lists.dropFirst().map { tags.tags(ofList: $0) }
        let candidates = tags.tags(ofList: first)
        for (key, value) in zip(candidates.keys, candidates.values) where common.index(ofKey: key) == nil {
            let isShared = others.allSatisfy { other in other.index(ofKey: key).map { other.values[$0] } == value }
            if isShared {
                common.keys.append(key)
                common.values.append(value)
            }
        }
        return tags.add(common)
    }

    private mutating func addWays(
        _ derived: [Int64: UInt32], _ plainLines: Set<Int64>, _ options: ImportOptions,
        _ uses: inout ElementUses, _ problems: inout [MapProblem]
    ) async throws {
        let work = WayAssembly(
            locator: locator, wanted: partWays, plainLines: plainLines,
            areaLists: AreaLists(tags, rules: options.areaRules),
            derived: derived)
        var chunks = wayLookup.ascending.chunks(of: WayAssembly.chunkSize).makeIterator()
        var outputs: [WayAssembly.Output] = []
        try await orderedParallelMap(
            threads: options.threads, next: { chunks.next() }, transform: { try work.assemble($0) },
            consume: { output in
                problems += output.problems
                for position in output.usedNodes {
                    uses.nodes.insert(Int(position))
                    uses.wayNodes.insert(Int(position))
                }
                var kept = output
                kept.usedNodes = []
                outputs.append(kept)
            })
        batches += outputs.map(\.batch)
    }

    private mutating func addNodes(
        _ nodes: ElementCollector.TaggedNodes, _ wantedNodes: Set<Int64>,
        _ problems: inout [MapProblem]
    ) {
        var batch = FeatureDraftBatch()
        let lookup = ElementLookup(nodes.ids)
        for index in lookup.ascending {
            let element = ElementID(.node, nodes.ids[index])
            let coordinate = nodes.coordinates[index]
            if !coordinate.isValid { problems.append(MapProblem(.noPosition, element)) }
            addPoint(FeatureDraft(element: element, tagList: nodes.tagLists[index]), coordinate, to: &batch)
        }
        var hint = NodeLocationIndex.Hint()
        for node in wantedNodes.sorted() where lookup.index(of: node) == nil {
            guard let position = locator.locations.position(ofNode: node, hint: &hint),
                let point = locator.locations.point(at: position)
            else { continue }
            var draft = FeatureDraft(element: ElementID(.node, node), tagList: nil)
            draft.role = .part
            let coordinate = locator.locations.exactCoordinate(at: position) ?? WebMercator.coordinate(point)
            addPoint(draft, coordinate, to: &batch)
        }
        batches.append(batch)
    }

    private mutating func addSea(
        _ options: SeaOptions, _ header: OSMFileHeader, _ nodes: ElementCollector.TaggedNodes,
        _ problems: inout [MapProblem]
    ) throws {
        let made = try SeaAssembly(options, header, nodes: nodes, locator: locator, tags: &tags)
        batches.append(made.drafts)
        problems += made.problems
        report.remarks += made.remarks
        sea = made.summary
    }

    private func addPoint(_ draft: FeatureDraft, _ coordinate: GeoCoordinate, to batch: inout FeatureDraftBatch) {
        var draft = draft
        guard coordinate.isValid else {
            batch.add(draft)
            return
        }
        let point = WebMercator.worldPoint(coordinate)
        draft.shape = .point
        draft.box = WorldBox(point)
        if !WebMercator.isExact(coordinate) { draft.exactCoordinates = [.init(index: 0, coordinate: coordinate)] }
        batch.add(draft, points: [point], partEnds: [1])
    }

    /// Sorts every element that was read into kept, part or unused; repeated and deleted ones are refused.
    private mutating func account(_ nodes: ElementCollector.TaggedNodes, _ uses: ElementUses) {
        var hint = NodeLocationIndex.Hint()
        let taggedNodes = ElementLookup(nodes.ids).ascending
        report.kept.nodes = taggedNodes.count
        var taggedAndUsed = 0
        for index in taggedNodes {
            if let position = locator.locations.position(ofNode: nodes.ids[index], hint: &hint),
                uses.nodes.contains(position)
            {
                taggedAndUsed += 1
            }
        }
        report.parts.nodes = uses.nodes.count - taggedAndUsed
        report.unused.nodes = locator.locations.count - report.kept.nodes - report.parts.nodes
        for way in wayLookup.ascending {
            if locator.ways.tagLists[way] != .max {
                report.kept.ways += 1
            } else if uses.ways.contains(locator.ways.ids[way]) {
                report.parts.ways += 1
            } else {
                report.unused.ways += 1
            }
        }
        for relation in relationLookup.ascending {
            if relations.tagLists[relation] != .max {
                report.kept.relations += 1
            } else if uses.relations.contains(relations.ids[relation]) {
                report.parts.relations += 1
            } else {
                report.unused.relations += 1
            }
        }
    }

    /// Gives tags their final numbers and features their lowest zooms, and lets go of everything that a store does not need.
    consuming func content(schema: TileSchema, metadata: StoreMetadata) -> FeatureStoreContent {
        let relations = relations
        let order = relationLookup.ascending
        let wayNodes = wayNodes()
        let problems = report.problems
        let partRelations = partRelations
        var batches = batches
        let collected = tags
        _ = consume self
        let table = collected.finish(
            keysKeptInSets: schema.decisionKeys,
            rolesInUse: order.flatMap { relations.roles[relations.memberRange($0)] })
        LowestZooms.assign(to: &batches, tags: table, schema: schema)
        return FeatureStoreContent(
            tags: table, batches: batches, wayNodes: wayNodes,
            members: FeatureAssembly.members(relations, order, partRelations, table), problems: problems,
            metadata: metadata)
    }

    /// Node ids of the stored ways, ascending by way id.
    private func wayNodes() -> ReferenceColumn {
        var column = ReferenceColumn()
        for way in wayLookup.ascending {
            let id = locator.ways.ids[way]
            guard locator.ways.tagLists[way] != .max || partWays.contains(id) else { continue }
            column.append(locator.ways.references[locator.ways.referenceBytes(way)])
        }
        return column
    }

    /// Members of the stored relations, ascending by relation id.
    private static func members(
        _ relations: CollectedRelations, _ order: [Int], _ parts: Set<Int>, _ table: TagTable
    ) -> ReferenceColumn {
        var column = ReferenceColumn()
        for relation in order where relations.tagLists[relation] != .max || parts.contains(relation) {
            var encoder = MemberEncoder()
            for member in relations.memberRange(relation) {
                encoder.append(
                    relations.members[member], role: table.finalStringNumber[Int(relations.roles[member])])
            }
            column.append(encoder.bytes[...])
        }
        return column
    }
}

/// Which elements ways and relations use.
struct ElementUses {
    /// Positions in the index of nodes.
    var nodes: BitSet
    /// Those of `nodes` that ways use.
    var wayNodes: BitSet
    var ways: Set<Int64> = []
    var relations: Set<Int64> = []

    init(nodeCount: Int) {
        nodes = BitSet(capacity: nodeCount)
        wayNodes = BitSet(capacity: nodeCount)
    }
}

/// A set of numbers below a limit, one bit each.
struct BitSet: Sendable {
    /// Number 0 is the lowest bit of the first word.
    private(set) var words: [UInt64]
    private(set) var count = 0

    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    mutating func insert(_ number: Int) {
        let bit: UInt64 = 1 << UInt64(number & 63)
        if words[number >> 6] & bit == 0 {
            words[number >> 6] |= bit
            count += 1
        }
    }

    mutating func remove(_ number: Int) {
        if contains(number) {
            words[number >> 6] &= ~(1 << UInt64(number & 63))
            count -= 1
        }
    }

    func contains(_ number: Int) -> Bool { words[number >> 6] & (1 << UInt64(number & 63)) != 0 }
}

extension Array {
    /// The array in slices of at most `size`.
    func chunks(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
