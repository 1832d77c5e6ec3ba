import ByteCoding
import OSMModel
public import PlanarGeometry

extension FeatureStore {
    /// A feature's whole geometry, on the grid, whatever the frame it is stored in; `nil` when no position is known. Relations that make no area get that of their members,
    /// nodes as points and ways as lines, each in member order; relations in relations are not followed.
    public func geometry(of feature: borrowing FeatureView) throws(FeatureStoreError) -> Geometry? {
        if feature.shape == .members { return try memberGeometry(ofRelation: feature.element.number) }
        var buffer = GeometryBuffer()
        return try ownGeometry(of: feature, buffer: &buffer)
    }

    private func ownGeometry(
        of feature: borrowing FeatureView, buffer: inout GeometryBuffer
    ) throws(FeatureStoreError) -> Geometry? {
        let type: GeometryType
        switch feature.shape {
        case .none, .members: return nil
        case .point: type = .points
        case .line, .lines: type = .lines
        case .closedLine: type = .lines
        case .area, .closedArea: type = .polygons
        }
        let varyingCount = try tagSet(feature.tagSet).varyingCount
        let exact: [Geometry.ExactCoordinate]
        do {
            try feature.decodeGeometry(varyingCount: varyingCount, into: &buffer)
            exact = try feature.exactCoordinates(varyingCount: varyingCount)
        } catch { throw damaged(.features, error) }
        var geometry = Geometry(type: type, points: buffer.points, partEnds: buffer.partEnds)
        geometry.exactCoordinates = exact
        if feature.shape == .closedArea { geometry.orientAsExteriors() }
        if feature.frame == .turned { StoredFrame.turnBack(&geometry.points, exact: geometry.exactCoordinates) }
        if feature.shape == .closedLine { geometry.closeLine() }
        return geometry
    }

    private func memberGeometry(ofRelation relation: Int64) throws(FeatureStoreError) -> Geometry? {
        guard let members = try members(ofRelation: relation) else { return nil }
        var result = Geometry(type: .collection)
        var buffer = GeometryBuffer()
        for member in members where member.element.kind != .relation {
            guard let number = try entry(member.element)?.number else { continue }
            let record = try feature(number)
            guard let geometry = try ownGeometry(of: record, buffer: &buffer) else { continue }
            let offset = result.points.count
            result.points += geometry.points
            result.partEnds += geometry.partEnds.map { $0 + offset }
            result.exactCoordinates += geometry.exactCoordinates.map {
                .init(index: $0.index + offset, coordinate: $0.coordinate)
            }
        }
        if result.points.isEmpty { return nil }
        let sizes = result.partEnds.indices.map { result.partRange($0).count }
        if sizes.allSatisfy({ $0 == 1 }) { result.type = .points }
        if sizes.allSatisfy({ $0 > 1 }) { result.type = .lines }
        return result
    }
}
