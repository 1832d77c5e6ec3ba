import FeatureQueries
import FeatureStorage
import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@Suite("Queries of damaged stores")
struct DamagedQueryTests {
    /// Names differ from feature to feature, so that each record has values of its own.
    private static var features: [MadeUpFeature] {
        (0..<80).map { number in
            MadeUpFeature(
                element: ElementID(.node, Int64(number)), tags: [("amenity", "cafe"), ("name", "Café \(number)")],
                shape: .point, parts: [[GeoCoordinate(9 + Double(number) / 100, 47)]])
        }
    }

    @Test("Whatever is damaged, an answer comes out or an error that names the file")
    func damage() throws {
        let folder = try TemporaryFolder()
        let store = try MadeUpStore.store(Self.features, in: folder)
        let whole = try Data(contentsOf: URL(filePath: store.path))
        let broken = folder.path("broken.tuile")
        let query = try FeatureQuery(selectors: FeatureSelectorList(parsing: "n[name~5]"))
        var refused = 0
        for offset in whole.indices where whole[offset] != 0 {
            var damaged = whole
            damaged[offset] = 0xff
            try damaged.write(to: URL(filePath: broken))
            guard let store = try? FeatureStore(path: broken) else { continue }
            var runner = FeatureQueryRunner(store: store, query: query)
            do { try runner.run { _ in } } catch {
                refused += 1
                #expect(error is FeatureStoreError, "byte \(offset): \(error)")
            }
        }
        #expect(refused > 0)
    }
}
