import OSMModel
import PlanarGeometry
import TestSupport

/// A block of every kind of element, with hard cases among them: empty ways, no members, negative and huge ids, strings
/// that XML must escape, far corners of the world.
func randomBlock(_ random: inout SeededGenerator, elements count: Int, hasPlacesOnWays: Bool = false) -> OSMBlock {
    var block = OSMBlock()
    let texts = [
        "", "name", "highway", "residential", "Rue de l’Écluse", "a & b", "<tag k='x' v=\"y\"/>",
        "line\nbreak\ttab\rreturn",
        "茶館", "مقهى", "🦀", "e\u{301}", "yes", " leading and trailing ", String(repeating: "x", count: 255),
    ]
    for text in texts { block.strings.append(text.utf8) }
    func addTags(_ columns: inout TagColumns) {
        var keys = Array(1..<texts.count)
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let key = keys.remove(at: Int.random(in: 0..<keys.count, using: &random))
            columns.keys.append(UInt32(key))
            columns.values.append(UInt32.random(in: 1..<UInt32(texts.count), using: &random))
        }
        columns.ends.append(UInt32(columns.keys.count))
    }
    func anyID() -> Int64 { Int64.random(in: -3_000_000_000_000...3_000_000_000_000, using: &random) }
    func anyPlace() -> GeoCoordinate {
        GeoCoordinate(
            longitude: .random(in: -1_800_000_000...1_800_000_000, using: &random),
            latitude: .random(in: -900_000_000...900_000_000, using: &random))
    }
    for _ in 0..<count {
        block.nodes.ids.append(anyID())
        block.nodes.coordinates.append(anyPlace())
        addTags(&block.nodes.tags)
        block.ways.ids.append(anyID())
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            block.ways.references.append(anyID())
            if hasPlacesOnWays { block.ways.referenceCoordinates.append(anyPlace()) }
        }
        block.ways.referenceEnds.append(UInt32(block.ways.references.count))
        addTags(&block.ways.tags)
        block.relations.ids.append(anyID())
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            block.relations.memberKinds.append(ElementKind.allCases.randomElement(using: &random) ?? .node)
            block.relations.memberIDs.append(anyID())
            block.relations.memberRoles.append(UInt32.random(in: 0..<UInt32(texts.count), using: &random))
        }
        block.relations.memberEnds.append(UInt32(block.relations.memberIDs.count))
        addTags(&block.relations.tags)
    }
    return block
}

/// Nodes alone, untagged, with these ids.
func nodeBlock(_ ids: [Int64]) -> OSMBlock {
    var block = OSMBlock()
    block.nodes.ids = ids
    block.nodes.coordinates = ids.map { GeoCoordinate(longitude: Int32($0 % 1000), latitude: -5) }
    return block
}

/// A header with every field set.
func fullHeader() -> OSMFileHeader {
    var header = OSMFileHeader()
    header.bounds = (
        GeoCoordinate(longitude: -51_000_001, latitude: 460_000_003),
        GeoCoordinate(longitude: 7, latitude: 470_000_000)
    )
    header.replicationTimestamp = 1_767_225_600
    header.replicationSequence = 4711
    header.replicationBaseURL = "https://example.org/updates"
    header.writingProgram = "a test & more"
    return header
}
