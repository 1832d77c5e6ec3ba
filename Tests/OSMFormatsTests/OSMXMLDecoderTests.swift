import Foundation
import OSMModel
import PlanarGeometry
import TestSupport
import Testing

@testable import OSMFormats

/// OSM XML 0.6, and what of JOSM and Overpass is seen in the wild.
struct OSMXMLDecoderTests {
    func read(_ body: String, options: OSMReadingOptions = OSMReadingOptions()) async throws -> FileContent {
        try await readBytes(Array("<osm version=\"0.6\">\n\(body)\n</osm>".utf8), name: "a.osm", options: options)
    }

    func fault(_ body: String) async throws -> OSMFormatError.Fault? {
        do {
            _ = try await read(body)
            return nil
        } catch let error as OSMFormatError {
            #expect("\(error)".contains("a.osm: line "))
            return error.fault
        }
    }

    @Test func elementsComeWithAllTheyHave() async throws {
        let content = try await read(
            """
            <node lon="2.5" id="-1" lat="1.5"/>
            <way id="5"><tag v="c" k="a"/><nd ref="-1"/><nd ref="7"/><tag k="b" v="&lt;&#x263a;&#10;"/></way>
            <relation id="6"><member ref="5" role="outer" type="way"/><member type="node" ref="-1"/></relation>
            """)
        #expect(
            content.elements == [
                ElementContent(
                    id: ElementID(.node, -1), places: [GeoCoordinate(longitude: 25_000_000, latitude: 15_000_000)]),
                ElementContent(id: ElementID(.way, 5), tags: ["a": "c", "b": "<☺\n"], references: [-1, 7]),
                ElementContent(id: ElementID(.relation, 6), members: ["w5 outer", "n-1 "]),
            ])
    }

    @Test func unknownElementsArePassedOverWithAllTheyContain() async throws {
        let content = try await read(
            """
            <future><node id="1" lat="1" lon="1"><tag k="a" v="b"/></node></future><note>text</note>
            <node id="2" lat="1" lon="1"><future><tag k="x" v="y"/><nd ref="1"/></future><tag k="a" v="b"/></node>
            <way id="3"><center lat="1" lon="1"/><bounds minlat="1"/><nd ref="2"/></way>
            <changeset id="9"><tag k="comment" v="x"/><discussion><comment/></discussion></changeset>
            """)
        #expect(content.elements.map(\.id.description) == ["n2", "w3"])
        #expect(content.elements.map(\.tags) == [["a": "b"], [:]])
    }

    @Test(arguments: [
        "<node id='1' lat='1' lon='1'><node id='2' lat='1' lon='1'/></node>",
        "<way id='1'><member type='node' ref='1'/></way>",
        "<node id='1' lat='1' lon='1'><nd ref='1'/></node>", "<tag k='a' v='b'/>",
        "<relation id='1'><nd ref='1'/></relation>",
    ])
    func knownElementsInTheWrongPlaceAreErrors(body: String) async throws {
        #expect(try await fault(body) == .nesting)
    }

    @Test(arguments: [
        "<node lat='1' lon='1'/>", "<way/>", "<relation/>", "<way id='1'><nd/></way>", "<way id='1'><tag k='a'/></way>",
        "<way id='1'><tag v='a'/></way>", "<relation id='1'><member ref='1'/></relation>",
        "<relation id='1'><member type='node'/></relation>",
    ])
    func requiredAttributesAreMissed(body: String) async throws {
        #expect(try await fault(body) == .missingAttribute)
    }

    @Test(arguments: [
        ("<node id='x' lat='1' lon='1'/>", OSMFormatError.Fault.number), ("<node id='1' lat='1x' lon='1'/>", .number),
        ("<node id='1' lat='1' lon='300'/>", .number), ("<node id='1' lat='1' lon='1' version='x'/>", .number),
        ("<node id='1' lat='1' lon='1' uid='me'/>", .number),
        ("<node id='1' lat='1' lon='1' changeset='-2'/>", .number),
        ("<node id='1' lat='1' lon='1' timestamp='now'/>", .timestamp), ("<node id='1' visible='maybe'/>", .boolean),
        ("<relation id='1'><member type='area' ref='1'/></relation>", .memberType),
        ("<way id='1'><nd ref=''/></way>", .number),
        ("<node id='1' lat='1' lon='1'>", .notWellFormed), ("&nbsp;", .entity),
    ])
    func valuesThatDoNotReadAreErrors(body: String, expected: OSMFormatError.Fault) async throws {
        #expect(try await fault(body) == expected)
    }

    @Test func metadataThatSaysNotSetIsAccepted() async throws {
        let content = try await read("<node id='1' lat='1' lon='1' version='-1' changeset='-1' uid='-1' user='x'/>")
        #expect(content.count(.node) == 1)
    }

    @Test func aNodeWithoutPlaceIsUndefined() async throws {
        #expect(try await read("<node id='1' lat='1'/>").elements.first?.places == [.undefined])
    }

    @Test func deletedElementsAreNamedAndLeaveNothingBehind() async throws {
        let content = try await read(
            """
            <node id="1" lat="1" lon="1"><tag k="a" v="b"/></node>
            <node id="2" visible="false"><tag k="a" v="b"/></node>
            <node id="3" lat="1" lon="1"/>
            <way id="4" action="delete"><nd ref="1" lat="1" lon="1"/><tag k="a" v="b"/></way>
            <way id="5" action="modify"><nd ref="3"/></way>
            <relation id="6" visible="false"><member type="node" ref="1" role="r"/><tag k="a" v="b"/></relation>
            <relation id="7"><member type="node" ref="3" role="s"/></relation>
            """)
        #expect(content.deleted.map(\.description) == ["n2", "w4", "r6"])
        #expect(content.deletions.map(\.place) == [1, 0, 0])
        #expect(content.elements.map(\.id.description) == ["n1", "n3", "w5", "r7"])
        #expect(content.elements.map(\.tags) == [["a": "b"], [:], [:], [:]])
        #expect(content.elements.last?.members == ["n3 s"])
        #expect(content.elements[2].references == [3])
    }

    @Test func boundsAreUnitedAndTheDateIsOverpass() async throws {
        let content = try await read(
            """
            <meta osm_base="2024-01-01T00:00:00Z"/><bounds minlat="1" minlon="2" maxlat="3" maxlon="4" origin="x"/>
            <bounds minlat="-1" minlon="2.5" maxlat="2" maxlon="5"/><bounds minlat="x" minlon="0" maxlat="90" maxlon="0"/>
            """)
        #expect(content.header.bounds?.southWest == GeoCoordinate(longitude: 20_000_000, latitude: -10_000_000))
        #expect(content.header.bounds?.northEast == GeoCoordinate(longitude: 50_000_000, latitude: 30_000_000))
        #expect(content.header.hasUnreadableBounds)
        #expect(content.header.replicationTimestamp == 1_704_067_200)
    }

    @Test func aServerThatGaveUpMakesTheFileIncomplete() async throws {
        #expect(try await fault("<remark> runtime error: Query timed out\n after 26 s </remark>") == .incomplete)
        #expect(try await fault("<remark>cheers</remark>") == nil)
    }

    @Test func locationsOfNodeReferencesFillTheColumn() async throws {
        let content = try await read(
            """
            <way id="1"><nd ref="1"/><nd ref="2" lat="1" lon="2"/></way><way id="2"><nd ref="3"/></way>
            """)
        #expect(content.header.hasLocationsOnWays)
        #expect(
            content.elements.map(\.places) == [
                [.undefined, GeoCoordinate(longitude: 20_000_000, latitude: 10_000_000)], [.undefined],
            ])
    }

    @Test func theNewestTimestampIsReadOnRequest() async throws {
        var options = OSMReadingOptions()
        options.readsTimestamps = true
        let bytes = Array(
            """
            <osm version="0.6"><node id="1" lat="1" lon="1" timestamp="2020-01-01T00:00:00Z"/><node id="2" lat="1" lon="1" \
            timestamp="2019-01-01T00:00:00Z"/></osm>
            """.utf8)
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: URL(filePath: folder.path("a.osm")))
        var newest: Int64?
        _ = try await readFile(folder.path("a.osm"), options: options) { newest = $0.newestTimestamp }
        #expect(newest == 1_577_836_800)
    }

    @Test(arguments: [
        ("<gpx version='1.1'/>", OSMFormatError.Fault.root), ("<osm/>", .version), ("<osm version='0.5'/>", .version),
        ("<osmChange version='0.6'/>", .root), ("<!-- only -->", .notWellFormed),
        ("<osm version='0.6'><node id='1'", .truncated), ("<osm version='0.6'>", .truncated),
        ("<osm version='0.6'/><osm version='0.6'/>", .notWellFormed),
        ("<!DOCTYPE osm [<!ENTITY a 'b'>]><osm version='0.6'/>", .entity),
        ("<!DOCTYPE osm [<!ATTLIST osm version CDATA '0.6'>]><osm/>", .entity),
        ("<!DOCTYPE osm SYSTEM 'osm.dtd'><osm version='0.6'/>", .entity),
        ("<?xml version='1.0' encoding='klingon'?><osm version='0.6'/>", .encoding),
    ])
    func documentsThatAreNotOSMXMLAreRefused(text: String, expected: OSMFormatError.Fault) async throws {
        let error = await #expect(throws: OSMFormatError.self) {
            _ = try await readBytes(Array(text.utf8), name: "a.osm")
        }
        #expect(error?.fault == expected)
    }

    @Test func linesAreCountedFromOne() async throws {
        do {
            _ = try await read("\n\n<node id='x'/>")
            Issue.record("should be refused")
        } catch let OSMFormatError.xml(_, line, _, _) {
            #expect(line == 4)
        }
    }
}
