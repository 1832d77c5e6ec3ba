package import PlanarGeometry

/// One way in which a tile departs from MVT 2.1.
public struct VectorTileFinding: Equatable, Sendable {
    public enum Severity: Sendable {
        /// A MUST is broken.
        case violation
        /// A SHOULD is not followed.
        case advice
    }

    public var severity: Severity
    /// Section of MVT 2.1, "4.3.3.2".
    public var section: String
    /// Name of the layer, if it has one and it matters.
    public var layer: String?
    /// Place of the feature in its layer, from 0.
    public var feature: Int?
    public var message: String
}

extension VectorTileFinding: CustomStringConvertible {
    public var description: String {
        let place = (layer.map { "layer \($0): " } ?? "") + (feature.map { "feature \($0): " } ?? "")
        return "\(place)\(message) (MVT 2.1 section \(section), \(severity == .violation ? "MUST" : "SHOULD"))"
    }
}

/// Holds a tile against MVT 2.1 and lists what is wrong. Whether rings cross themselves or one another is not looked at.
public enum VectorTileValidator {
    /// What is wrong with an uncompressed tile, in the order found, at most `limit` findings. Cost: one decoding.
    public static func findings(in bytes: RawSpan, limit: Int = 1000) -> [VectorTileFinding] {
        var report = FindingList(limit: limit)
        var tile = VectorTile(bytes)
        while !report.isFull {
            do throws(VectorTileError) {
                guard var layer = try tile.nextLayer() else { break }
                report.layer = layer.name
                check(&layer, &report)
            } catch {
                report.layer = nil
                report.add(error)
                if !error.isRecoverable { break }
            }
        }
        return report.findings
    }

    private static func check(_ layer: inout VectorTileLayer, _ report: inout FindingList) {
        report.feature = nil
        let facts = layer.facts
        if facts.version == nil { report.violation("4.1", "the version is missing") }
        if facts.extent == nil { report.violation("4.1", "the extent is missing") }
        if facts.version != nil, !facts.isVersionFirst { report.advice("4.1", "the version is not the first field") }
        if facts.featureCount == 0 { report.advice("4.1", "there are no features") }
        if Set(layer.keys).count < layer.keys.count { report.advice("4.1", "a key is listed twice") }
        if Set(layer.values).count < layer.values.count { report.advice("4.1", "a value is listed twice") }

        var ids: Set<UInt64> = []
        var scratch = FeatureScratch()
        var index = 0
        while !report.isFull {
            report.feature = index
            index += 1
            do throws(VectorTileError) {
                guard let feature = try layer.nextFeature() else { break }
                if let id = feature.id, !ids.insert(id).inserted {
                    report.advice("4.2", "id \(id) is used before in this layer")
                }
                try check(feature, &scratch, &report)
            } catch {
                report.add(error)
                if !error.isRecoverable { break }
            }
        }
        report.feature = nil
    }

    /// Memory reused from feature to feature.
    private struct FeatureScratch {
        var tags: [VectorTileTag] = []
        var path = TilePath()
        var keys: Set<UInt32> = []
    }

    private static func check(
        _ feature: borrowing VectorTileFeature, _ scratch: inout FeatureScratch, _ report: inout FindingList
    ) throws(VectorTileError) {
        if !feature.statesType { report.violation("4.2", "the geometry type is missing") }
        if feature.statesType, feature.type == .unknown { report.advice("4.3.4.1", "the geometry type is UNKNOWN") }

        try feature.decodeTags(into: &scratch.tags)
        scratch.keys.removeAll(keepingCapacity: true)
        for tag in scratch.tags where !scratch.keys.insert(tag.key).inserted {
            report.violation("4.4", "key \(tag.key) is used twice in one feature")
        }

        if feature.type == .unknown { return }
        try feature.decodeGeometry(into: &scratch.path)
        switch feature.type {
        case .unknown, .point: return
        case .lineString: checkSteps(scratch.path, &report)
        case .polygon:
            checkSteps(scratch.path, &report)
            checkRings(scratch.path, &report)
        }
    }

    private static func checkSteps(_ path: TilePath, _ report: inout FindingList) {
        for part in 0..<path.partCount {
            let range = path.partRange(part)
            for index in range.dropFirst() where path.points[index] == path.points[index - 1] {
                report.violation("4.3.3.2", "a LineTo does not move, in part \(part)")
                break
            }
        }
    }

    private static func checkRings(_ path: TilePath, _ report: inout FindingList) {
        var isInsidePolygon = false
        for part in 0..<path.partCount {
            let range = path.partRange(part)
            if path.points[range.lowerBound] == path.points[range.upperBound - 1] {
                report.advice("4.3.3.3", "ring \(part) repeats its first point before ClosePath")
            }
            let area = doubledArea(path, range)
            if area == 0 {
                report.advice("4.3.4.4", "ring \(part) has no area")
            } else if area > 0 {
                isInsidePolygon = true
            } else if !isInsidePolygon {
                report.violation("4.3.4.4", "ring \(part) is an interior ring without an exterior one before it")
            }
        }
    }

    /// Twice the ring's area by the surveyor's formula, positive for exterior rings (section 4.3.4.4). Differences to the
    /// first point keep products inside 64 bits for any tile that a renderer could draw; larger ones wrap.
    package static func doubledArea(_ path: TilePath, _ range: Range<Int>) -> Int64 {
        let origin = path.points[range.lowerBound]
        var sum: Int64 = 0
        var previousX: Int64 = 0
        var previousY: Int64 = 0
        for index in range.dropFirst() {
            let x = Int64(path.points[index].x) - Int64(origin.x)
            let y = Int64(path.points[index].y) - Int64(origin.y)
            sum &+= previousX &* y &- x &* previousY
            previousX = x
            previousY = y
        }
        return sum
    }
}

/// Collects findings up to a limit, with the place they belong to.
private struct FindingList {
    let limit: Int
    var findings: [VectorTileFinding] = []
    var layer: String?
    var feature: Int?

    init(limit: Int) { self.limit = limit }

    var isFull: Bool { findings.count >= limit }

    mutating func violation(_ section: String, _ message: String) { add(.violation, section, message) }

    mutating func advice(_ section: String, _ message: String) { add(.advice, section, message) }

    private mutating func add(_ severity: VectorTileFinding.Severity, _ section: String, _ message: String) {
        if isFull { return }
        findings.append(
            VectorTileFinding(
                severity: severity, section: section, layer: layer, feature: feature, message: message))
    }

    mutating func add(_ error: VectorTileError) { violation(error.section, error.fault) }
}
