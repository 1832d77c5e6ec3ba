import Glibc

/// A place or a direction on a town's plan: metres east (x) and north (y) of the market square.
struct PlanPoint: Hashable {
    var x: Double
    var y: Double

    init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }

    static func + (left: PlanPoint, right: PlanPoint) -> PlanPoint { PlanPoint(left.x + right.x, left.y + right.y) }
    static func - (left: PlanPoint, right: PlanPoint) -> PlanPoint { PlanPoint(left.x - right.x, left.y - right.y) }
    static func * (left: PlanPoint, factor: Double) -> PlanPoint { PlanPoint(left.x * factor, left.y * factor) }

    var length: Double { (x * x + y * y).squareRoot() }

    func dot(_ other: PlanPoint) -> Double { x * other.x + y * other.y }

    /// Positive if `other` lies to the left of `self`.
    func cross(_ other: PlanPoint) -> Double { x * other.y - y * other.x }

    func distance(to other: PlanPoint) -> Double { (self - other).length }

    /// The same direction, one metre long; east for no direction.
    var unit: PlanPoint {
        let length = length
        return length > 0 ? self * (1 / length) : PlanPoint(1, 0)
    }

    /// Turned a quarter to the left.
    var left: PlanPoint { PlanPoint(-y, x) }

    func mixed(with other: PlanPoint, _ share: Double) -> PlanPoint { self + (other - self) * share }

    /// Turned around the market square, counter-clockwise.
    func rotated(by angle: PlanAngle) -> PlanPoint {
        PlanPoint(x * angle.cosine - y * angle.sine, x * angle.sine + y * angle.cosine)
    }
}

/// A direction's sine and cosine, the same to the last bit on every machine, which the C library's are not.
struct PlanAngle {
    let sine: Double
    let cosine: Double

    /// `turns` 0.25 is a quarter turn to the left.
    init(turns: Double) {
        // To within an eighth of a turn of an axis, where the series of degree 13 is good to 1e-12.
        let quarters = Int((turns * 4).rounded())
        let angle = (turns - Double(quarters) / 4) * 2 * Double.pi
        let square = angle * angle
        var sine = 1.0
        var cosine = 1.0
        for degree in stride(from: 12.0, to: 0, by: -2) {
            sine = 1 - sine * square / (degree * (degree + 1))
            cosine = 1 - cosine * square / (degree * (degree - 1))
        }
        sine *= angle
        switch quarters & 3 {
        case 0: (self.sine, self.cosine) = (sine, cosine)
        case 1: (self.sine, self.cosine) = (cosine, -sine)
        case 2: (self.sine, self.cosine) = (-sine, -cosine)
        default: (self.sine, self.cosine) = (-cosine, sine)
        }
    }

    var direction: PlanPoint { PlanPoint(cosine, sine) }
}
