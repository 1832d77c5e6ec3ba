import FeatureStorage
import OSMModel
import PlanarGeometry

/// Multipolygon and boundary relations to areas.
extension RelationAssembly {
    /// Adds the area and returns true; or reports what is in the way and returns false.
    func addArea(
        _ relation: Int, _ element: ElementID, _ scratch: inout Scratch, _ output: inout Output
    ) throws -> Bool {
        var assembler = RingAssembler()
        var memberWays: [Int] = []
        var isComplete = true
        var isAmbiguous = false
        var crossings = FrameCrossings()
        var exact: [WorldPoint: GeoCoordinate] = [:]
        for member in Set(relations.members[relations.memberRange(relation)].filter { $0.kind == .way }).sorted() {
            guard let way = ways.index(of: member.number) else {
                isComplete = false
                continue
            }
            memberWays.append(way)
            try locator.load(way, into: &scratch.buffer)
            if !scratch.buffer.isComplete { isComplete = false }
            for found in scratch.buffer.exact {
                let known = exact.updateValue(found.coordinate, forKey: scratch.buffer.points[found.index])
                if let known, known != found.coordinate { isAmbiguous = true }
            }
            assembler.addWay(scratch.buffer.points)
            crossings.add(scratch.buffer.points)
        }
        if memberWays.isEmpty, isComplete {
            output.problems.append(MapProblem(.noMemberWays, element))
            return false
        }
        guard isComplete else {
            output.problems.append(MapProblem(.incompleteArea, element))
            return false
        }
        if isAmbiguous {
            output.problems.append(MapProblem(.beyondProjection, element))
            return false
        }
        // Where rings cross 180 degrees they are put together in the frame in which they lie in one piece.
        let frame = crossings.frame
        if frame != .standard { assembler = try roundWorldAssembler(memberWays, frame, &exact, &scratch) }
        var geometry: Geometry
        do { geometry = try assembler.assemble() } catch {
            output.problems.append(MapProblem(error == .crossingRings ? .crossingRings : .unclosedRing, element))
            return false
        }
        if frame == .turned {
            for index in geometry.points.indices { geometry.points[index] = geometry.points[index].turned }
        }
        guard let box = geometry.box else {
            output.problems.append(MapProblem(.unclosedRing, element))
            return false
        }
        if !exact.isEmpty {
            for (index, point) in geometry.points.enumerated() {
                if let coordinate = exact[point] {
                    geometry.exactCoordinates.append(.init(index: index, coordinate: coordinate))
                }
            }
        }
        var draft = FeatureDraft(element: element, tagList: relations.tagLists[relation])
        draft.shape = .area
        draft.box = box
        draft.exactCoordinates = geometry.exactCoordinates
        let isExterior = geometry.partEnds.indices.map {
            RingArea.doubledRoundWorld(geometry.points, geometry.partRange($0)) > 0
        }
        if purposes[relation] == .untaggedMultipolygon {
            let outerWays = try outerWays(memberWays, geometry, isExterior, &scratch)
            output.oldStyle.append((output.batch.drafts.count, outerWays))
            output.problems.append(MapProblem(.oldStyleMultipolygon, element))
        }
        output.batch.add(draft, points: geometry.points, partEnds: geometry.partEnds, isExterior: isExterior)
        return true
    }

    /// The ways in the turned frame; or, without a frame, cut at 180 degrees, with coordinates of new nodes.
    private func roundWorldAssembler(
        _ memberWays: [Int], _ frame: WorldFrame?, _ exact: inout [WorldPoint: GeoCoordinate], _ scratch: inout Scratch
    ) throws -> RingAssembler {
        var assembler = RingAssembler()
        var around = WaysAroundWorld()
        for way in memberWays {
            try locator.load(way, into: &scratch.buffer)
            if frame == .turned {
                assembler.addWay(scratch.buffer.points.map(\.turned))
            } else {
                for stretch in around.cut(scratch.buffer.points) { assembler.addWay(stretch) }
            }
        }
        if frame == nil {
            for stretch in around.closing() { assembler.addWay(stretch) }
            exact.merge(around.exact) { node, _ in node }
        }
        return assembler
    }

    /// The member ways of which a segment lies on an exterior ring.
    private func outerWays(
        _ memberWays: [Int], _ geometry: Geometry, _ isExterior: [Bool], _ scratch: inout Scratch
    ) throws -> [Int] {
        var outer: Set<[WorldPoint]> = []
        for part in isExterior.indices where isExterior[part] {
            let ring = geometry.points[geometry.partRange(part)]
            for (from, to) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
                let segment = RingAssembler.Segment(from, to)
                outer.insert([segment.first, segment.second])
            }
        }
        return try memberWays.filter { way in
            try locator.load(way, into: &scratch.buffer)
            let points = scratch.buffer.points
            return zip(points, points.dropFirst()).contains { from, to in
                let segment = RingAssembler.Segment(from, to)
                return outer.contains([segment.first, segment.second])
            }
        }
    }
}
