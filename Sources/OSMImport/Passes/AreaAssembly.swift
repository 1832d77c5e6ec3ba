import FeatureStorage
import OSMModel
import PlanarGeometry

/// Multipolygon and boundary relations to areas.
extension RelationAssembly {
    /// The member ways of an area, once each, by ascending id.
    private struct AreaMembers {
        /// Indexes in file order.
        var ways: [Int] = []
        var ids: [Int64] = []
        var roles: [RingMemberRole] = []
        var missing: [ElementID] = []
        var repeated: [ElementID] = []
    }

    /// An area in the plane in which it was put together.
    private struct FinishedArea {
        let geometry: Geometry
        let isExterior: [Bool]
        let plane: AreaPlane
        /// Coordinates of points that the world grid cannot hold.
        let exact: [WorldPoint: GeoCoordinate]

        func add(_ draft: FeatureDraft, to batch: inout FeatureDraftBatch) {
            var draft = draft
            var points = geometry.points
            switch plane {
            case .mercator:
                if exact.isEmpty { break }
                for (index, point) in points.enumerated() {
                    if let coordinate = exact[point] {
                        draft.exactCoordinates.append(.init(index: index, coordinate: coordinate))
                    }
                }
            case .degrees, .degreesFromGreenwich:
                for (index, point) in points.enumerated() {
                    let coordinate = plane.coordinate(point)
                    points[index] = WebMercator.worldPoint(coordinate)
                    if !WebMercator.isExact(coordinate) {
                        draft.exactCoordinates.append(.init(index: index, coordinate: coordinate))
                    }
                }
            }
            draft.shape = .area
            draft.box = WorldBox(around: points)
            batch.add(draft, points: points, partEnds: geometry.partEnds, isExterior: isExterior)
        }
    }

    /// Adds the area and returns true; or reports what is in the way and returns false.
    func addArea(
        _ relation: Int, _ element: ElementID, _ scratch: inout Scratch, _ output: inout Output
    ) throws -> Bool {
        let members = areaMembers(relation)
        var report = AreaReport(element)
        defer { output.problems += report.problems }
        var plane = AreaPlane.mercator
        var assembler = RingAssembler()
        /// Coordinates of points that the world grid cannot hold.
        var exact: [WorldPoint: GeoCoordinate] = [:]
        var firstPlace: GeoCoordinate?
        var incomplete = members.missing
        var ends = MemberEnds()
        var crossings = FrameCrossings()
        for (number, way) in members.ways.enumerated() {
            try locator.load(way, into: &scratch.buffer)
            if !scratch.buffer.isComplete { incomplete.append(ElementID(.way, members.ids[number])) }
            if firstPlace == nil { firstPlace = scratch.buffer.firstCoordinate }
            for found in scratch.buffer.exact {
                let known = exact.updateValue(found.coordinate, forKey: scratch.buffer.points[found.index])
                if let known, known != found.coordinate { plane = .degrees }
            }
            ends.add(scratch.buffer, way: members.ids[number])
            crossings.add(scratch.buffer.points)
            if incomplete.isEmpty { assembler.addWay(scratch.buffer.points, role: members.roles[number]) }
        }
        for way in members.repeated {
            report.add(.repeatedMember, at: try firstCoordinate(way, &scratch), other: way)
        }
        if members.ways.isEmpty, members.missing.isEmpty {
            report.add(.noMemberWays, at: firstNodeCoordinate(relation, &scratch))
            return false
        }
        if let first = incomplete.min() {
            // One row: at the edge of an extract a boundary lacks dozens, and each row would say the same.
            report.add(
                .incompleteArea, at: try firstCoordinate(first, &scratch) ?? firstPlace, other: first,
                detail: "\(incomplete.count) of \(members.ways.count + members.missing.count) ways")
            return false
        }
        // Rings that cross 180 degrees are put together where they lie in one piece, and cut where they go around the world.
        let frame = crossings.frame
        if frame == nil { plane = .degrees }
        if frame == .turned { plane = .degreesFromGreenwich }
        if plane != .mercator {
            assembler = try assemblerInDegrees(members, plane, isCut: frame == nil, &scratch)
        }
        let assembly = assembler.assemble()
        func coordinate(_ point: WorldPoint) -> GeoCoordinate {
            plane == .mercator ? exact[point] ?? plane.coordinate(point) : plane.coordinate(point)
        }
        report.add(assembly, members.ids, coordinate)
        if plane == .mercator { ends.report(to: &report, coordinate) }
        guard let geometry = assembly.geometry else {
            if assembly.openEnds.isEmpty, assembly.crossings.isEmpty, report.problems.isEmpty {
                report.add(.unclosedRing, at: firstPlace, other: members.ids.first.map { ElementID(.way, $0) })
            }
            return false
        }
        let area = FinishedArea(geometry: geometry, isExterior: assembly.isExterior, plane: plane, exact: exact)
        area.add(FeatureDraft(element: element, tagList: relations.tagLists[relation]), to: &output.batch)
        if purposes[relation] == .untaggedMultipolygon {
            output.oldStyle.append((output.batch.drafts.count - 1, assembly.exteriorWays.map { members.ways[$0] }))
            report.add(.oldStyleMultipolygon, at: geometry.points.first.map(coordinate))
        }
        return true
    }

    private func areaMembers(_ relation: Int) -> AreaMembers {
        var listed: [(id: Int64, place: Int)] = []
        for place in relations.memberRange(relation) where relations.members[place].kind == .way {
            listed.append((relations.members[place].number, place))
        }
        listed.sort { $0 < $1 }
        var members = AreaMembers()
        for (rank, (id, place)) in listed.enumerated() {
            let way = ElementID(.way, id)
            if rank > 0, listed[rank - 1].id == id {
                if members.repeated.last != way { members.repeated.append(way) }
            } else if let index = ways.index(of: id) {
                members.ways.append(index)
                members.ids.append(id)
                members.roles.append(areaRoles[relations.roles[place]])
            } else {
                members.missing.append(way)
            }
        }
        return members
    }

    private func assemblerInDegrees(
        _ members: AreaMembers, _ plane: AreaPlane, isCut: Bool, _ scratch: inout Scratch
    ) throws -> RingAssembler {
        var assembler = RingAssembler()
        var around = WaysAroundWorld()
        for (number, way) in members.ways.enumerated() {
            try locator.load(way, into: &scratch.buffer)
            let points = scratch.buffer.coordinates.map(plane.point)
            guard isCut else {
                assembler.addWay(points, role: members.roles[number])
                continue
            }
            var stretches = around.cut(points)
            // The edges that close what was cut are counted as parts of the last way.
            if number == members.ways.count - 1 { stretches += around.closing() }
            assembler.addWay(stretches: stretches, role: members.roles[number])
        }
        return assembler
    }

    private func firstCoordinate(_ way: ElementID, _ scratch: inout Scratch) throws -> GeoCoordinate? {
        guard let index = ways.index(of: way.number) else { return nil }
        try locator.load(index, into: &scratch.buffer)
        return scratch.buffer.firstCoordinate
    }

    private func firstNodeCoordinate(_ relation: Int, _ scratch: inout Scratch) -> GeoCoordinate? {
        for member in relations.members[relations.memberRange(relation)] where member.kind == .node {
            guard let position = locator.locations.position(ofNode: member.number, hint: &scratch.hint),
                let point = locator.locations.point(at: position)
            else { continue }
            return locator.locations.exactCoordinate(at: position) ?? WebMercator.coordinate(point)
        }
        return nil
    }
}
