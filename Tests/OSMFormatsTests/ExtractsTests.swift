import Foundation
import OSMFormats
import OSMModel
import TestSupport
import Testing

/// Real extracts, whose counts are those of `osmium fileinfo -e`.
struct ExtractsTests {
    /// Packed in ways that are not read, or histories.
    static let refused = [
        "equatorial-guinea-history.osh.pbf": "HistoricalInformation", "monaco-2020.osm.bz2": "bzip2",
        "monaco-lz4.osm.pbf": "lz4",
    ]

    static func rows() throws -> [(name: String, counts: [Int], timestamp: String)] {
        guard let url = TestData.file("manifest.tsv") else { return [] }
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap { line in
            let column = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard let name = column.first, name.hasPrefix("extracts/") else { return nil }
            return (String(name.dropFirst(9)), column[3...5].compactMap { Int($0) }, column[8])
        }
    }

    @Test(.enabled(if: TestData.isPresent, "\(TestData.absent)"))
    func countsAreThoseOfOsmium() async throws {
        let rows = try Self.rows()
        #expect(rows.count >= 24)
        for row in rows {
            let path = try #require(TestData.extract(row.name)).path
            if let word = Self.refused[row.name] {
                let error = await #expect(throws: OSMFormatError.self) { _ = try await countElements(path) }
                #expect("\(try #require(error))".contains(word))
            } else {
                #expect(try await countElements(path, threads: 2) == row.counts, "\(row.name)")
            }
        }
    }

    @Test(
        .enabled(if: TestData.isPresent, "\(TestData.absent)"),
        arguments: ["monaco.osm.pbf", "clipperton.osm.pbf", "skopje.osm"])
    func newestTimestampIsThatOfTheManifest(name: String) async throws {
        let row = try #require(try Self.rows().first { $0.name == name })
        var options = OSMReadingOptions()
        options.readsTimestamps = true
        var newest: Int64 = 0
        _ = try await readFile(try #require(TestData.extract(name)).path, options: options) { block in
            newest = max(newest, block.newestTimestamp ?? 0)
        }
        let date = try Date(row.timestamp, strategy: .iso8601)
        #expect(newest == Int64(date.timeIntervalSince1970))
    }

    @Test(.enabled(if: TestData.isPresent, "\(TestData.absent)"))
    func threadsDoNotChangeTheResult() async throws {
        let path = try #require(TestData.extract("clipperton.osm.pbf")).path
        let alone = try await readFile(path, threads: 1)
        let together = try await readFile(path, threads: 4)
        #expect(alone.elements == together.elements)
        #expect(alone.header == together.header)
    }
}
