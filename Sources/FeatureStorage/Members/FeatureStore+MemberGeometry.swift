import OSMModel
import PlanarGeometry

extension FeatureStore {
    /// What a relation that makes no area shows: nodes as points, ways as lines, each once, members of member relations too
    /// (`reachedMembers`). Ways that meet the one before are joined (`LineChain`).
    ///
    /// Routes (`RelationKind.path`) show lines only: ways whose role, and that of the relations they come from, is no stop.
    /// Where none of those is there, they show what is. The box of the record, which the import works out, follows the same rules.
    func memberGeometry(of relation: borrowing FeatureView) throws(FeatureStoreError) -> Geometry? {
        let number = relation.element.number
        if try relationKind(of: relation) == .path, let lines = try joinedGeometry(of: try path(ofRelation: number)) {
            return lines
        }
        return try joinedGeometry(of: try reachedMembers(ofRelation: number))
    }

    /// The ways along which a path runs; with repeats.
    private func path(ofRelation relation: Int64) throws(FeatureStoreError) -> [ElementID] {
        var ways: [ElementID] = []
        var known: [UInt32: Bool] = [:]
        try walkMembers(ofRelation: relation) { member in
            let isStop = known[member.role] ?? RelationKind.isStop(role: string(member.role))
            known[member.role] = isStop
            if !isStop, member.element.kind == .way { ways.append(member.element) }
            return !isStop
        }
        return ways
    }

    /// Points first, then lines; `nil` when nothing has a position.
    private func joinedGeometry(of elements: [ElementID]) throws(FeatureStoreError) -> Geometry? {
        var result = Geometry(type: .collection)
        var lines = Geometry(type: .lines)
        var chain = LineChain()
        var buffer = GeometryBuffer()
        var seen: Set<ElementID> = []
        for element in elements where element.kind != .relation && seen.insert(element).inserted {
            guard let number = try entry(element)?.number else { continue }
            let record = try feature(number)
            if record.shape == .none { continue }
            let exact: [Geometry.ExactCoordinate]
            let varyingCount = try varyingCount(ofSet: record.tagSet)
            do {
                try record.decodeGeometry(varyingCount: varyingCount, into: &buffer)
                exact = try record.exactCoordinates(varyingCount: varyingCount)
            } catch { throw damaged(.features, error) }
            if record.frame == .turned { StoredFrame.turnBack(&buffer.points, exact: exact) }
            var start = 0
            for end in buffer.partEnds {
                if record.shape == .point {
                    result.append(point: buffer.points[start], exact: exact.first?.coordinate)
                } else {
                    chain.append(
                        buffer.points[start..<end], exact: exact, closing: record.shape.isClosedWay, to: &lines)
                }
                start = end
            }
        }
        chain.finish(into: &lines)
        if lines.points.isEmpty { result.type = .points }
        if result.points.isEmpty { result.type = .lines }
        let offset = result.points.count
        result.points += lines.points
        result.partEnds += lines.partEnds.map { $0 + offset }
        result.exactCoordinates += lines.exactCoordinates.map {
            .init(index: $0.index + offset, coordinate: $0.coordinate)
        }
        return result.points.isEmpty ? nil : result
    }
}

extension Geometry {
    fileprivate mutating func append(point: WorldPoint, exact: GeoCoordinate?) {
        if let exact { exactCoordinates.append(.init(index: points.count, coordinate: exact)) }
        points.append(point)
        endPart()
    }
}
