import Foundation
import OSMFormats
import OSMModel
import TestSupport
import Testing

/// The format cases beside the extracts: small files, valid and broken, with what a reader must make of each.
struct FormatCasesTests {
    struct Case {
        var file: String
        var group: String
        var isValid: Bool
        var isFirm: Bool
        var counts: [Int]?
        var expected: String?
        var block: Int?
        /// PBF: file offset; XML: line.
        var place: Int?
    }

    static func cases() throws -> [Case] {
        guard let url = TestData.file("format-cases/cases.tsv") else { return [] }
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst().map { line in
            let column = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            let counts = column[4...6].compactMap { Int($0) }
            return Case(
                file: column[0], group: column[1], isValid: column[2] == "valid", isFirm: column[3] == "yes",
                counts: counts.count == 3 ? counts : nil, expected: column[7] == "-" ? nil : column[7],
                block: Int(column[9].prefix { $0 != "@" }), place: Int(column[10]))
        }
    }

    /// Valid files of kinds that are not read, each with the word that the refusal must name.
    static func refusal(_ file: String) -> String? {
        let words = [
            ("v-lz4", "lz4"), ("v-mixed-compression", "lz4"), ("v-zstd", "zstd"), ("v-bzip2", "bzip2"),
            ("v-history", "history"), ("v-change.", "change"), ("v-change-", "change"),
        ]
        return words.first { file.hasPrefix($0.0) }?.1
    }

    /// Faults of the whole file, found before there is a block or a line to name.
    static let wholeFileFaults: Set<String> = [
        "i-empty.osm.pbf", "i-not-pbf.osm.pbf", "i-gzip.osm.pbf", "i-empty.osm", "i-text-before.osm",
        "i-bzip2-truncated.osm.bz2", "i-bzip2-checksum.osm.bz2", "i-bzip2-truncated-stream.osm.bz2",
    ]

    func path(_ file: String) -> String { TestData.file("format-cases/\(file)")?.path ?? file }

    func expectOneLine(_ error: any Error, _ file: String) {
        let text = "\(error)"
        #expect(!text.contains("\n") && !text.contains("\r"), "\(file): \(text)")
        #expect(text.contains(file), "\(file) is not named: \(text)")
    }

    @Test(.enabled(if: TestData.isPresent, "\(TestData.absent)"), arguments: [1, 3])
    func validFilesGiveTheirCountsAndContent(threads: Int) async throws {
        var refused = 0
        for item in try Self.cases() where item.isValid && item.isFirm {
            if let word = Self.refusal(item.file) {
                refused += 1
                do {
                    _ = try await readFile(path(item.file), threads: threads)
                    Issue.record("\(item.file) should be refused")
                } catch {
                    expectOneLine(error, item.file)
                    #expect("\(error)".contains(word), "\(item.file): \(error)")
                }
                continue
            }
            do {
                if item.expected == nil {
                    #expect(try await countElements(path(item.file), threads: threads) == item.counts, "\(item.file)")
                    continue
                }
                let found = try await readFile(path(item.file), threads: threads)
                #expect(ElementKind.allCases.map(found.count) == item.counts, "\(item.file)")
                try compare(found, item)
            } catch {
                Issue.record("\(item.file) should be read: \(error)")
            }
        }
        #expect(refused == 18)
    }

    func compare(_ found: FileContent, _ item: Case) throws {
        guard let name = item.expected, let url = TestData.file("format-cases/expected/\(name)") else { return }
        let expected = expectedElements(try JSONSerialization.jsonObject(with: Data(contentsOf: url)))
        for kind in ElementKind.allCases {
            #expect(found.elements(kind) == expected.filter { $0.id.kind == kind }, "\(item.file) \(kind.name)")
        }
    }

    @Test(.enabled(if: TestData.isPresent, "\(TestData.absent)"))
    func invalidFilesEndWithAnErrorThatNamesThePlace() async throws {
        for item in try Self.cases() where !item.isValid && item.isFirm {
            do {
                _ = try await readFile(path(item.file))
                Issue.record("\(item.file) should be refused")
            } catch let error as OSMFormatError {
                expectOneLine(error, item.file)
                switch error {
                case .pbf(_, let block, let offset, _, _):
                    #expect(block == item.block, "\(item.file): \(error)")
                    #expect(offset > 0 || item.place == 0 || block > 0, "\(item.file): \(error)")
                case .xml(_, let line, _, _):
                    if let place = item.place { #expect(line == place, "\(item.file): \(error)") }
                case .file:
                    #expect(Self.wholeFileFaults.contains(item.file), "\(item.file): \(error)")
                }
            } catch {
                Issue.record("\(item.file): not an OSMFormatError: \(error)")
            }
        }
    }

    @Test(.enabled(if: TestData.isPresent, "\(TestData.absent)"))
    func openCasesAreReadWithTheirCountsOrRefusedClearly() async throws {
        for item in try Self.cases() where !item.isFirm {
            do {
                let counts = try await countElements(path(item.file))
                if let expected = item.counts { #expect(counts == expected, "\(item.file)") }
                if item.expected != nil { try compare(try await readFile(path(item.file)), item) }
            } catch {
                expectOneLine(error, item.file)
            }
        }
    }

    /// Where the broken byte is known, the message should point near it: within the block in question.
    @Test(.enabled(if: TestData.isPresent, "\(TestData.absent)"))
    func offsetsLieWithinTheBlockAtFault() async throws {
        var exact = 0
        var all = 0
        for item in try Self.cases() where !item.isValid && item.isFirm && item.group == "pbf" {
            do {
                _ = try await readFile(path(item.file))
            } catch let OSMFormatError.pbf(_, _, offset, _, _) {
                all += 1
                let size = try Data(contentsOf: URL(filePath: path(item.file))).count
                #expect(offset <= size, "\(item.file)")
                if let place = item.place, abs(place - offset) <= 4 { exact += 1 }
            } catch {
                continue
            }
        }
        #expect(Double(exact) >= 0.6 * Double(all), "\(exact) of \(all)")
    }
}
