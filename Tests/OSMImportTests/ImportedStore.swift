import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import TestSupport
import TileSchemas

/// A store that was imported from a few elements, and what the import reported. Features are named as `w4`.
struct ImportedStore {
    struct Absent: Error {
        var element: String
    }

    struct Record: Hashable {
        var element: ElementID
        var shape: StoredShape
        var isPart: Bool
        var isDerived: Bool
    }

    let store: FeatureStore
    let report: ImportReport
    private let folder: TemporaryFolder

    init(_ source: OSMBuilder, schema: TileSchema = .shortbread, threads: Int = 1, sea: SeaOptions? = nil) async throws
    {
        folder = try TemporaryFolder()
        var options = ImportOptions()
        options.threads = threads
        if let sea { options.sea = sea }
        let path = folder.path("imported.tuile")
        report = try await OSMImporter(schema: schema, options: options).run(source, to: path)
        store = try FeatureStore(path: path)
    }

    init(_ text: String, schema: TileSchema = .shortbread, threads: Int = 1) async throws {
        try await self.init(OSMBuilder(text), schema: schema, threads: threads)
    }

    func number(_ element: String) throws -> Int {
        guard let id = ElementID(element), let number = try store.featureNumber(of: id) else {
            throw Absent(element: element)
        }
        return number
    }

    func shape(_ element: String) throws -> StoredShape { try store.feature(number(element)).shape }

    func geometry(_ element: String) throws -> Geometry? { try store.geometry(of: store.feature(number(element))) }

    /// Coordinates of each part in degrees, as `1.5 2.5,3 4`; nothing without a geometry.
    func parts(_ element: String) throws -> [String] {
        guard let geometry = try geometry(element) else { return [] }
        let coordinates = geometry.coordinates()
        return geometry.partEnds.indices.map { part in
            coordinates[geometry.partRange(part)].map(\.degreesText).joined(separator: ",")
        }
    }

    func tags(_ element: String) throws -> [String: String] { try tags(ofRecord: number(element)) }

    func tags(ofRecord number: Int) throws -> [String: String] {
        let coded = try store.tags(of: store.feature(number))
        var tags: [String: String] = [:]
        for (key, value) in zip(coded.keys, coded.values) { tags[store.string(key)] = store.valueText(value) }
        return tags
    }

    func records() throws -> [Record] {
        try (0..<store.recordCount).map { number in
            let feature = try store.feature(number)
            return Record(
                element: feature.element, shape: feature.shape, isPart: feature.isPart, isDerived: feature.isDerived)
        }
    }

    /// Elements that have a problem, as `missing-nodes w4`.
    var problems: Set<String> { Set(report.problems.map { "\($0.kind.word) \($0.element)" }) }

    /// Problems with everything that is said of them, as `r1 unclosed-ring 10 10 w3`.
    var placedProblems: [String] {
        report.problems.map { problem in
            [
                "\(problem.element)", problem.kind.word, problem.place?.degreesText, problem.other.map { "\($0)" },
                problem.detail,
            ]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    var refused: Set<String> { Self.texts(report.refused) }

    private static func texts(_ findings: [ImportReport.Finding]) -> Set<String> {
        Set(findings.flatMap { finding in finding.firstIDs.map { "\(finding.reason) \($0)" } })
    }
}

extension GeoCoordinate {
    /// Degrees without trailing zeros.
    var degreesText: String {
        func text(_ value: Int32) -> String {
            let degrees = Double(value) / 1e7
            return degrees == degrees.rounded() ? String(Int(degrees)) : String(degrees)
        }
        return "\(text(longitude)) \(text(latitude))"
    }
}
