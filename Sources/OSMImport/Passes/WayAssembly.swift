import FeatureStorage
import OSMModel
import PlanarGeometry
import WorkPipeline

/// Ways to lines and possible areas.
struct WayAssembly: Sendable {
    let locator: WayLocator
    /// Ways that are stored even without tags.
    let wanted: Set<Int64>
    /// Outer ways of old-style multipolygons: lines only.
    let plainLines: Set<Int64>
    let areaLists: AreaLists
    /// Tag lists of border records, by way id.
    let derived: [Int64: UInt32]

    /// What a task made of some ways.
    struct Output: Sendable {
        var batch = FeatureDraftBatch()
        var problems: [MapProblem] = []
        /// Positions of the nodes that these ways use; with repeats.
        var usedNodes: [UInt32] = []
    }

    static let chunkSize = 4096

    func assemble(_ wayIndexes: ArraySlice<Int>) throws -> Output {
        var output = Output()
        var buffer = WayLocator.Buffer()
        var segments: [RingSegment] = []
        for way in wayIndexes {
            try locator.load(way, into: &buffer)
            for position in buffer.positions where position >= 0 { output.usedNodes.append(UInt32(position)) }
            let id = locator.ways.ids[way]
            let list = locator.ways.tagLists[way]
            let element = ElementID(.way, id)
            if buffer.hasNodeTwiceInARow {
                var problems = WayProblems(element)
                problems.addRepeatedNodes(buffer)
                output.problems += problems.problems
            }
            WayPlaces.check(element, buffer, &output.problems)
            if list != .max {
                report(element, buffer, &output)
                var draft = FeatureDraft(element: element, tagList: list)
                checkArea(list, buffer, &segments, &draft, &output)
                add(draft, buffer, to: &output.batch)
            } else if wanted.contains(id) {
                var draft = FeatureDraft(element: element, tagList: nil)
                draft.role = .part
                add(draft, buffer, to: &output.batch)
            }
            if let list = derived[id] {
                var draft = FeatureDraft(element: element, tagList: list)
                draft.role = .derived
                draft.shape = .lines
                addSegments(draft, buffer, to: &output.batch)
            }
        }
        return output
    }

    private func report(_ element: ElementID, _ buffer: WayLocator.Buffer, _ output: inout Output) {
        if buffer.nodes.count < 2 {
            output.problems.append(MapProblem(.tooFewNodes, element, at: buffer.firstCoordinate))
        } else if let missing = buffer.isLocated.firstIndex(of: false) {
            output.problems.append(
                MapProblem(
                    .missingNodes, element, at: buffer.firstCoordinate,
                    other: ElementID(.node, buffer.nodes[missing])))
        }
    }

    /// Whether a way that is an area by its tags has a simple ring. Gives the draft its shape and traits as an area.
    private func checkArea(
        _ list: UInt32, _ buffer: WayLocator.Buffer, _ segments: inout [RingSegment], _ draft: inout FeatureDraft,
        _ output: inout Output
    ) {
        guard buffer.isComplete, buffer.nodes.count >= 3, !plainLines.contains(draft.element.number) else { return }
        if buffer.isClosed {
            guard areaLists.isArea(list) else { return }
            draft.shape = .closedArea
            var problems = WayProblems(draft.element)
            problems.addContacts(buffer, &segments)
            if problems.crossesItself { draft.traits.insert(.crossesItself) }
            output.problems += problems.problems
        } else if areaLists.saysArea(list), buffer.points.first != buffer.points.last {
            var problems = WayProblems(draft.element)
            problems.addOpenEnds(buffer)
            output.problems += problems.problems
        }
    }

    private func add(_ draft: FeatureDraft, _ buffer: WayLocator.Buffer, to batch: inout FeatureDraftBatch) {
        var draft = draft
        guard buffer.isComplete, buffer.points.count >= 2 else {
            draft.shape = .lines
            addSegments(draft, buffer, to: &batch)
            return
        }
        draft.box = WorldBox(around: buffer.points)
        draft.exactCoordinates = buffer.exact
        if buffer.isClosed, !plainLines.contains(draft.element.number) {
            if draft.shape != .closedArea { draft.shape = .closedLine }
            draft.exactCoordinates.removeAll { $0.index == buffer.points.count - 1 }
            batch.add(draft, points: Array(buffer.points.dropLast()), partEnds: [buffer.points.count - 1])
        } else {
            draft.shape = .line
            batch.add(draft, points: buffer.points, partEnds: [buffer.points.count])
        }
    }

    /// The stretches between consecutive nodes that are there; no geometry when there is none.
    private func addSegments(_ draft: FeatureDraft, _ buffer: WayLocator.Buffer, to batch: inout FeatureDraftBatch) {
        var draft = draft
        var points: [WorldPoint] = []
        var partEnds: [Int] = []
        var start = 0
        while start < buffer.points.count {
            guard buffer.isLocated[start] else {
                start += 1
                continue
            }
            var end = start
            while end < buffer.points.count, buffer.isLocated[end] { end += 1 }
            if end - start >= 2 {
                for exact in buffer.exact where (start..<end).contains(exact.index) {
                    draft.exactCoordinates.append(
                        .init(index: exact.index - start + points.count, coordinate: exact.coordinate))
                }
                points += buffer.points[start..<end]
                partEnds.append(points.count)
            }
            start = end
        }
        guard let box = WorldBox(around: points) else {
            draft.shape = .none
            batch.add(draft)
            return
        }
        draft.box = box
        batch.add(draft, points: points, partEnds: partEnds)
    }
}
