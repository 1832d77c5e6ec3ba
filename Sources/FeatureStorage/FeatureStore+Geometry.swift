import ByteCoding
import OSMModel
public import PlanarGeometry

extension FeatureStore {
    /// A feature's whole geometry on the grid, whatever the frame it is stored in; `nil` when no position is known. Relations
    /// that make no area get that of their members (`memberGeometry`). A closed way that crosses itself is repaired as an area:
    /// its geometry has points that no node of it has.
    public func geometry(of feature: borrowing FeatureView) throws(FeatureStoreError) -> Geometry? {
        if feature.shape == .members { return try memberGeometry(of: feature) }
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
        if feature.shape == .closedArea {
            if feature.traits.contains(.crossesItself) {
                geometry = ClosedAreaRepair.polygons(of: geometry)
            } else {
                geometry.orientAsExteriors()
            }
        }
        if feature.frame == .turned { StoredFrame.turnBack(&geometry.points, exact: geometry.exactCoordinates) }
        if feature.shape == .closedLine { geometry.closeLine() }
        return geometry
    }
}
