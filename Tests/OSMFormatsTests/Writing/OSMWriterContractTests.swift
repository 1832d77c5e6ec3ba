import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

/// What both writers promise.
@Suite struct OSMWriterContractTests {
    enum Format: String, CaseIterable, Sendable {
        case pbf = "osm.pbf"
        case xml = "osm"

        /// Dropped before it is finished if `isFinished` is false.
        func write(
            _ blocks: [OSMBlock], header: OSMFileHeader = OSMFileHeader(),
            options: OSMWriterOptions = OSMWriterOptions(), isFinished: Bool = true, to path: String
        ) throws {
            switch self {
            case .pbf:
                var writer = try PBFWriter(path: path, header: header, options: options)
                for block in blocks { try writer.append(block) }
                if isFinished { try writer.finish() }
            case .xml:
                var writer = try OSMXMLWriter(path: path, header: header, options: options)
                for block in blocks { try writer.append(block) }
                if isFinished { try writer.finish() }
            }
        }
    }

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func path(_ format: Format, _ name: String = "written") -> String {
        folder.path("\(name).\(format.rawValue)")
    }

    private var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.url.path) }
    }

    @Test(arguments: Format.allCases, 1...20)
    func readersGetBackWhatWasWritten(format: Format, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let block = randomBlock(&random, elements: 40, hasPlacesOnWays: seed.isMultiple(of: 3))
        var header = OSMFileHeader()
        header.hasLocationsOnWays = seed.isMultiple(of: 3)
        let options = OSMWriterOptions(metadata: seed.isMultiple(of: 2) ? MadeUpMetadata() : nil)
        try format.write([block], header: header, options: options, to: path(format))
        #expect(try await readFile(path(format)).elements == content(of: block))
    }

    @Test(arguments: Format.allCases)
    func deletedElementsAreNotWritten(format: Format) async throws {
        var block = nodeBlock([1, 3])
        block.delete(ElementID(.node, 2), behind: 1)
        try format.write([block], to: path(format))
        let found = try await readFile(path(format))
        #expect(found.elements.map(\.id.number) == [1, 3])
        #expect(found.deleted == [])
    }

    @Test(arguments: Format.allCases)
    func aBrokenPromiseOfOrderNamesTheElementAndLeavesNoFile(format: Format) throws {
        let options = OSMWriterOptions(isSorted: true)
        #expect(throws: OSMWriterError.notSorted(element: ElementID(.node, 3), after: ElementID(.node, 4))) {
            try format.write([nodeBlock([1, 4]), nodeBlock([3])], options: options, to: path(format))
        }
        #expect(throws: OSMWriterError.self) {
            try format.write([nodeBlock([1, 1])], options: options, to: path(format))
        }
        #expect(try files.isEmpty)
    }

    /// OSM PBF section 8: 0, then negative ids by absolute value, then positive ids.
    @Test(arguments: Format.allCases)
    func negativeIDsComeFirstByAbsoluteValue(format: Format) throws {
        let options = OSMWriterOptions(isSorted: true)
        try format.write([nodeBlock([0, -1, -2, -900, 1, 7])], options: options, to: path(format))
        #expect(throws: OSMWriterError.self) {
            try format.write([nodeBlock([-2, -1])], options: options, to: path(format, "other"))
        }
    }

    @Test(arguments: Format.allCases)
    func theSameInputGivesTheSameBytes(format: Format) throws {
        var random = SeededGenerator(seed: 9)
        let block = randomBlock(&random, elements: 60)
        let options = OSMWriterOptions(metadata: MadeUpMetadata())
        for name in ["one", "other"] { try format.write([block], options: options, to: path(format, name)) }
        #expect(
            try Data(contentsOf: URL(filePath: path(format, "one")))
                == Data(contentsOf: URL(filePath: path(format, "other"))))
    }

    @Test(arguments: Format.allCases)
    func aWriterThatIsDroppedLeavesNothing(format: Format) throws {
        try format.write([nodeBlock([1])], isFinished: false, to: path(format))
        #expect(try files.isEmpty)
    }

    @Test(arguments: Format.allCases)
    func aFolderThatIsMissingIsNamed(format: Format) throws {
        let error = #expect(throws: OSMWriterError.self) {
            try format.write([], to: folder.path("none/written.\(format.rawValue)"))
        }
        #expect("\(try #require(error))".contains("none"))
    }
}
