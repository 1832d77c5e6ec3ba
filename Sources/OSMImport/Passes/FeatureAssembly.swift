import ByteCoding
import FeatureStorage
import OSMModel
import PlanarGeometry
import TileSchemas
import WorkPipeline

/// All features of a file, and the account of every element.
struct FeatureAssembly {
    var report = ImportReport()
    var batches: [FeatureDraftBatch] = []
    private(set) var sea: StoreMetadata.Sea?
    var tags: TagCollector
    let locator: WayLocator
    let wayLookup: ElementLookup
    let relations: CollectedRelations
    let relationLookup: ElementLookup
    /// Ids of untagged ways, and indexes of untagged relations, that are stored because relations show them.
    private(set) var partWays: Set<Int64> = []
    private(set) var partRelations: Set<Int> = []

    init(_ collector: consuming ElementCollector, options: ImportOptions) async throws {
        var refused = FindingCollector<RefusalReason>()
        tags = collector.tags
        relations = collector.relations
        report.read = collector.read
        for element in collector.deletions.elements { refused.add(.deleted, element) }
        report.problems += collector.repeatedKeys.map { MapProblem(.repeatedKey, $0) }
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
        try await addRelations(facts, options, &uses, &wantedNodes, &plainLines)
        try await addWays(derived, plainLines, options, &uses)
        addNodes(nodes, wantedNodes)
        try addSea(options.sea, collector.header, nodes)
        account(nodes, uses)
        report.problems += qualityProblems(nodes, uses)
        var places = ElementPlaces(
            locator: locator, ways: wayLookup, relations: relations, relationLookup: relationLookup)
        report.problems = MapProblem.distinct(try places.completed(report.problems))
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
        _ facts: RelationFacts, _ options: ImportOptions, _ uses: inout ElementUses, _ wantedNodes: inout Set<Int64>,
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
            report.problems += output.problems
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
        report.problems += collections.problems
        partRelations = collections.parts
        report.problems += RelationCycles.problems(relations, relationLookup, summaries)
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
        _ derived: [Int64: UInt32], _ plainLines: Set<Int64>, _ options: ImportOptions, _ uses: inout ElementUses
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
                report.problems += output.problems
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

    private mutating func addNodes(_ nodes: ElementCollector.TaggedNodes, _ wantedNodes: Set<Int64>) {
        var batch = FeatureDraftBatch()
        let lookup = ElementLookup(nodes.ids)
        for index in lookup.ascending {
            let element = ElementID(.node, nodes.ids[index])
            let coordinate = nodes.coordinates[index]
            if !coordinate.isValid { report.problems.append(MapProblem(.noPosition, element)) }
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
        _ options: SeaOptions, _ header: OSMFileHeader, _ nodes: ElementCollector.TaggedNodes
    ) throws {
        let made = try SeaAssembly(options, header, nodes: nodes, locator: locator, tags: &tags)
        batches.append(made.drafts)
        report.problems += made.problems
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
}
