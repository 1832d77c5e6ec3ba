import Foundation
import OSMFormats
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

struct OSMXMLWriterTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(
        _ blocks: [OSMBlock], header: OSMFileHeader = OSMFileHeader(), options: OSMWriterOptions = OSMWriterOptions()
    ) throws -> String {
        let path = folder.path("written.osm")
        var writer = try OSMXMLWriter(path: path, header: header, options: options)
        for block in blocks { try writer.append(block) }
        try writer.finish()
        return path
    }

    @Test func headerKeepsBoundsAndDate() async throws {
        let header = try await readFile(write([nodeBlock([1])], header: fullHeader())).header
        #expect(header.bounds?.southWest == fullHeader().bounds?.southWest)
        #expect(header.bounds?.northEast == fullHeader().bounds?.northEast)
        #expect(header.replicationTimestamp == 1_767_225_600)
    }

    /// OSM XML section 2 "Writing" and "Coordinates as text".
    @Test func textIsExact() throws {
        var block = OSMBlock()
        for text in ["k", "&<>\"'", "\n\r\t", "a\u{1}\u{fffe}b"] { block.strings.append(text.utf8) }
        block.nodes.ids = [-1, 2]
        block.nodes.coordinates = [
            GeoCoordinate(longitude: 15_000_000, latitude: -1), GeoCoordinate(longitude: 0, latitude: 900_000_000),
        ]
        block.nodes.tags.keys = [0, 1, 2]
        block.nodes.tags.values = [1, 2, 3]
        block.nodes.tags.ends = [3, 3]
        block.ways.ids = [7]
        block.ways.references = [-1, 2]
        block.ways.referenceEnds = [2]
        block.ways.tags.ends = [0]
        let text = try String(contentsOfFile: write([block]), encoding: .utf8)
        #expect(
            text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <osm version="0.6" generator="tuile">
                 <node id="-1" lat="-0.0000001" lon="1.5">
                  <tag k="k" v="&amp;&lt;&gt;&quot;&apos;"/>
                  <tag k="&amp;&lt;&gt;&quot;&apos;" v="&#xA;&#xD;&#x9;"/>
                  <tag k="&#xA;&#xD;&#x9;" v="ab"/>
                 </node>
                 <node id="2" lat="90" lon="0"/>
                 <way id="7">
                  <nd ref="-1"/>
                  <nd ref="2"/>
                 </way>
                </osm>

                """)
    }

    @Test func metadataIsWrittenInOsmsForm() throws {
        let metadata = MadeUpMetadata(period: 951_827_696..<951_827_697)
        let text = try String(
            contentsOfFile: write([nodeBlock([1])], options: OSMWriterOptions(metadata: metadata)), encoding: .utf8)
        #expect(text.contains("timestamp=\"2000-02-29T12:34:56Z\""))
        for name in ["version", "uid", "user", "changeset"] { #expect(text.contains(" \(name)=\"")) }
    }
}
