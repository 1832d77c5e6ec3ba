import FeatureStorage
import OSMModel
import PlanarGeometry
import WorkPipeline

/// OSM elements in memory as a block source, in the order in which they were added.
///
/// Written as text, an element is a line of words, after the OPL format:
///
///     n1 x1.5 y2.5 Tnatural=peak,name=Big%20%Hill
///     w1 Nn1,n2,n3 Thighway=service
///     r1 Mw1@outer,n3@ Ttype=multipolygon
///
/// `x` and `y` are degrees (a node without them has no position), `dD` deletes, `t` is a time in seconds since 1970,
/// a reference `n1x1.5y2.5` puts the position on the way, and `%20%` is a space.
struct OSMBuilder: OSMBlockSource {
    struct Element: Sendable {
        var id: ElementID
        var coordinate = GeoCoordinate.undefined
        var tags: [(key: String, value: String)] = []
        var references: [Int64] = []
        var referenceCoordinates: [GeoCoordinate] = []
        var members: [RelationMember] = []
        var isDeleted = false
        var timestamp: Int64?
    }

    struct TextFault: Error {
        var line: String
    }

    var elements: [Element] = []
    var header = OSMFileHeader()
    var elementsPerBlock = 100
    var progress: (@Sendable (Int) -> Void)?

    init() {}

    init(_ text: String) throws {
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            guard let element = Self.element(line) else { throw TextFault(line: String(line)) }
            elements.append(element)
        }
    }

    mutating func addNode(_ id: Int64, _ coordinate: GeoCoordinate, _ tags: [(key: String, value: String)] = []) {
        elements.append(Element(id: ElementID(.node, id), coordinate: coordinate, tags: tags))
    }

    mutating func addWay(_ id: Int64, _ references: [Int64], _ tags: [(key: String, value: String)] = []) {
        elements.append(Element(id: ElementID(.way, id), tags: tags, references: references))
    }

    mutating func addRelation(_ id: Int64, _ members: [RelationMember], _ tags: [(key: String, value: String)] = []) {
        elements.append(Element(id: ElementID(.relation, id), tags: tags, members: members))
    }

    func readBlocks<Value: Sendable>(
        threads: Int, transform: @escaping @Sendable (OSMBlock) throws -> Value, consume: (Value) throws -> Void
    ) async throws -> OSMFileHeader {
        var start = 0
        try await orderedParallelMap(
            threads: threads,
            next: { () -> OSMBlock? in
                if start >= elements.count { return nil }
                let end = min(start + elementsPerBlock, elements.count)
                defer { start = end }
                return Self.block(elements[start..<end])
            },
            transform: transform, consume: consume)
        return header
    }

    // MARK: Text

    private static func element(_ line: Substring) -> Element? {
        let words = line.split(separator: " ")
        guard let first = words.first, let id = ElementID(first) else { return nil }
        var element = Element(id: id)
        var degrees: (x: Double?, y: Double?)
        for word in words.dropFirst() {
            let rest = word.dropFirst()
            switch word.first {
            case "x": degrees.x = Double(rest)
            case "y": degrees.y = Double(rest)
            case "t": element.timestamp = Int64(rest)
            case "d": element.isDeleted = rest == "D"
            case "T":
                for tag in rest.split(separator: ",") {
                    let pair = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    guard pair.count == 2 else { return nil }
                    element.tags.append((plain(pair[0]), plain(pair[1])))
                }
            case "N":
                for reference in rest.split(separator: ",") {
                    let parts = reference.split { $0 == "x" || $0 == "y" }
                    guard let node = ElementID(parts[0]), node.kind == .node else { return nil }
                    element.references.append(node.number)
                    if parts.count == 3, let x = Double(parts[1]), let y = Double(parts[2]) {
                        element.referenceCoordinates.append(GeoCoordinate(x, y))
                    }
                }
            case "M":
                for member in rest.split(separator: ",") {
                    let pair = member.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
                    guard pair.count == 2, let id = ElementID(pair[0]) else { return nil }
                    element.members.append(RelationMember(element: id, role: plain(pair[1])))
                }
            default: return nil
            }
        }
        if let x = degrees.x, let y = degrees.y { element.coordinate = GeoCoordinate(x, y) }
        return element
    }

    private static func plain(_ text: Substring) -> String {
        text.split(separator: "%20%", omittingEmptySubsequences: false).joined(separator: " ")
    }

    // MARK: Blocks

    private static func block(_ elements: ArraySlice<Element>) -> OSMBlock {
        var block = OSMBlock()
        var numbers: [String: UInt32] = [:]
        func number(_ text: String) -> UInt32 {
            if let known = numbers[text] { return known }
            let added = UInt32(block.strings.append(text.utf8))
            numbers[text] = added
            return added
        }
        func add(_ tags: [(key: String, value: String)], _ columns: inout TagColumns) {
            for tag in tags {
                columns.keys.append(number(tag.key))
                columns.values.append(number(tag.value))
            }
            columns.ends.append(UInt32(columns.keys.count))
        }
        var tags: [TagColumns] = [TagColumns(), TagColumns(), TagColumns()]
        for element in elements {
            if let timestamp = element.timestamp {
                block.newestTimestamp = max(block.newestTimestamp ?? timestamp, timestamp)
            }
            if element.isDeleted {
                block.delete(element.id)
                continue
            }
            add(element.tags, &tags[Int(element.id.kind.rawValue)])
            switch element.id.kind {
            case .node:
                block.nodes.ids.append(element.id.number)
                block.nodes.coordinates.append(element.coordinate)
            case .way:
                block.ways.ids.append(element.id.number)
                block.ways.references += element.references
                block.ways.referenceEnds.append(UInt32(block.ways.references.count))
                block.ways.referenceCoordinates += element.referenceCoordinates
            case .relation:
                block.relations.ids.append(element.id.number)
                for member in element.members {
                    block.relations.memberKinds.append(member.element.kind)
                    block.relations.memberIDs.append(member.element.number)
                    block.relations.memberRoles.append(number(member.role))
                }
                block.relations.memberEnds.append(UInt32(block.relations.memberIDs.count))
            }
        }
        // No ends at all where no element of the kind has tags.
        for kind in tags.indices where tags[kind].keys.isEmpty { tags[kind].ends = [] }
        block.nodes.tags = tags[0]
        block.ways.tags = tags[1]
        block.relations.tags = tags[2]
        return block
    }
}

extension GeoCoordinate {
    /// Degrees, for writing tests.
    init(_ longitude: Double, _ latitude: Double) {
        self.init(longitude: Int32((longitude * 1e7).rounded()), latitude: Int32((latitude * 1e7).rounded()))
    }
}
