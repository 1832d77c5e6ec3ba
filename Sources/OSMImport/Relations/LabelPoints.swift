import FeatureStorage
import OSMModel
import PlanarGeometry

extension RelationAssembly {
    /// Makes the member node with the role `label` the area's label point: the first of them that lies inside or on the
    /// edge. Without one the point is worked out from the geometry when it is needed. `admin_centre` says where a town is,
    /// not where its area's name goes, and is no more than a member.
    /// - Parameter draft: the area's place in the batch.
    func setLabelPoint(
        ofDraft draft: Int, _ relation: Int, _ scratch: inout Scratch, _ output: inout Output
    ) {
        guard let labelRole, output.batch.drafts.indices.contains(draft) else { return }
        var geometry: GeometryBuffer?
        for index in relations.memberRange(relation) where relations.roles[index] == labelRole {
            let member = relations.members[index]
            guard member.kind == .node,
                let position = locator.locations.position(ofNode: member.number, hint: &scratch.hint),
                let known = locator.locations.point(at: position)
            else { continue }
            // The area, its box and its label point lie in the same frame.
            let point = output.batch.drafts[draft].traits.contains(.isTurned) ? known.turned : known
            guard output.batch.drafts[draft].box?.contains(point) == true else { continue }
            let rings = geometry ?? output.batch.geometry(ofDraft: draft)
            geometry = rings
            let place = PointInPolygon.locate(
                point, inRings: rings.points, ends: rings.partEnds, 0..<rings.partEnds.count)
            if place == .outside { continue }
            return output.batch.update(draft) { $0.labelPoint = point }
        }
    }
}
