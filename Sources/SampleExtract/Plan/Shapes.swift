/// Rings made of few numbers.
enum Shapes {
    /// A rectangle centred on a point; `direction` runs along its length. Counter-clockwise.
    static func rectangle(_ centre: PlanPoint, _ direction: PlanPoint, length: Double, width: Double) -> PlanPath {
        let along = direction * (length / 2)
        let across = direction.left * (width / 2)
        return [centre - along - across, centre + along - across, centre + along + across, centre - along + across]
    }

    static func circle(_ centre: PlanPoint, radius: Double, corners: Int) -> PlanPath {
        (0..<corners).map { corner in
            centre + PlanAngle(turns: Double(corner) / Double(corners)).direction * radius
        }
    }

    /// A round thing that nature made: an ellipse with dents.
    static func blob(
        _ centre: PlanPoint, radii: PlanPoint, roughness: Double, spacing: Double,
        _ random: inout SampleRandom
    ) -> PlanPath {
        let corners = 14
        let ring: PlanPath = (0..<corners).map { corner in
            let direction = PlanAngle(turns: Double(corner) / Double(corners)).direction
            let stretch = 1 + random.number(-roughness, roughness)
            return centre + PlanPoint(direction.x * radii.x * stretch, direction.y * radii.y * stretch)
        }
        return ring.smoothed(spacing: spacing, isRing: true)
    }
}
