/// Ground plans of buildings: rings inside a rectangle centred on a point, whose length runs along `direction` and whose
/// street side is the one to the right of it. Counter-clockwise.
enum Footprints {
    /// A wing to the left at the far end.
    static func letterL(_ centre: PlanPoint, _ direction: PlanPoint, length: Double, width: Double) -> PlanPath {
        let (l, w) = (length / 2, width / 2)
        return place(centre, direction, [(-l, -w), (l, -w), (l, w), (l * 0.3, w), (l * 0.3, 0), (-l, 0)])
    }

    static func letterT(_ centre: PlanPoint, _ direction: PlanPoint, length: Double, width: Double) -> PlanPath {
        let (l, w) = (length / 2, width / 2)
        return place(
            centre, direction,
            [(-l, -w), (l, -w), (l, 0), (l * 0.3, 0), (l * 0.3, w), (-l * 0.3, w), (-l * 0.3, 0), (-l, 0)])
    }

    static func letterU(_ centre: PlanPoint, _ direction: PlanPoint, length: Double, width: Double) -> PlanPath {
        let (l, w) = (length / 2, width / 2)
        return place(
            centre, direction,
            [
                (-l, -w), (l, -w), (l, w), (l * 0.55, w), (l * 0.55, -w * 0.1), (-l * 0.55, -w * 0.1), (-l * 0.55, w),
                (-l, w),
            ])
    }

    /// A house with a porch towards the street.
    static func porch(_ centre: PlanPoint, _ direction: PlanPoint, length: Double, width: Double) -> PlanPath {
        let (l, w) = (length / 2, width / 2)
        return place(
            centre, direction,
            [
                (-l, -w * 0.75), (-l * 0.1, -w * 0.75), (-l * 0.1, -w), (l * 0.55, -w), (l * 0.55, -w * 0.75),
                (l, -w * 0.75), (l, w), (-l, w),
            ])
    }

    private static func place(_ centre: PlanPoint, _ direction: PlanPoint, _ corners: [(Double, Double)]) -> PlanPath {
        corners.map { centre + direction * $0.0 + direction.left * $0.1 }
    }
}
