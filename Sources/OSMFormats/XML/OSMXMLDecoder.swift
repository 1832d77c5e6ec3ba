import ByteCoding
import OSMModel
import PlanarGeometry

/// Turns the elements of an `<osm>` document into blocks.
///
/// Elements that are not known are passed over with all they contain, at every level. Known ones in the wrong place are
/// errors, and so are values that do not read as what they should be, metadata included.
final class OSMXMLDecoder: XMLEventHandler {
    private enum Place {
        case document, root
        case element(ElementKind)
    }

    /// The attributes of the node, way or relation being read.
    private struct Element {
        var id: Int64 = 0
        var latitude: Int32?
        var longitude: Int32?
        var isDeleted = false
    }

    var header = OSMFileHeader()
    /// Blocks that are complete and not yet taken.
    private var completed: [OSMBlock] = []
    private(set) var wantsText = false

    let options: OSMReadingOptions
    let words = OSMXMLWords()
    var block = OSMXMLDecoder.emptyBlock()
    var interner = StringInterner()
    private var place = Place.document
    /// How deep inside an element that is passed over.
    private var skippedDepth = 0
    private var element = Element()
    private var remark: [UInt8] = []

    /// A block is complete with so many elements, or with so many references, tags and members together.
    private static let partsPerBlock = 1 << 18

    init(_ options: OSMReadingOptions) { self.options = options }

    private static func emptyBlock() -> OSMBlock {
        var block = OSMBlock()
        // 0 is the empty string, as in PBF.
        block.strings.append([])
        return block
    }

    /// The next complete block; `nil` when more of the document is needed.
    func takeBlock() -> OSMBlock? { completed.isEmpty ? nil : completed.removeFirst() }

    /// Completes the last block; call it once, after the document.
    func finish() { completeBlock() }

    // MARK: Events

    func startElement(_ name: XMLName, _ attributes: consuming XMLAttributes) throws {
        if skippedDepth > 0 {
            skippedDepth += 1
            return
        }
        switch place {
        case .document:
            try readRoot(name, attributes)
            place = .root
        case .root: try startInRoot(name, attributes)
        case .element(let kind):
            skippedDepth = 1
            if name == words.tag {
                try readTag(attributes, of: kind)
            } else if name == words.nd {
                guard kind == .way else { throw misplaced("nd", in: kind.name) }
                try readReference(attributes)
            } else if name == words.member {
                guard kind == .relation else { throw misplaced("member", in: kind.name) }
                try readMember(attributes)
            } else if let inner = words.kind(name) {
                throw misplaced(inner.name, in: kind.name)
            }
        }
    }

    func endElement() throws {
        if skippedDepth > 0 {
            skippedDepth -= 1
            if skippedDepth == 0, wantsText { try endRemark() }
            return
        }
        switch place {
        case .element(let kind):
            finishElement(kind)
            place = .root
        case .root, .document: place = .document
        }
    }

    func text(_ bytes: RawSpan) {
        // Enough for any message.
        if remark.count < 4096 { remark.append(bytes) }
    }

    // MARK: The root and its other children

    private func readRoot(_ name: XMLName, _ attributes: consuming XMLAttributes) throws {
        if name == words.osmChange {
            throw XMLFault(.root, "a change file (root element osmChange), expected a file of map data (osm)")
        }
        guard name == words.osm else { throw XMLFault(.root, "the root element is not osm: this is no OSM XML") }
        var attributes = attributes
        var hasVersion = false
        while attributes.advance() {
            if attributes.name == words.version {
                guard XMLName(attributes.value) == words.supportedVersion else {
                    throw XMLFault(.version, "version \(quoted(attributes.value)) of OSM XML, expected 0.6")
                }
                hasVersion = true
            } else if attributes.name == words.generator {
                header.writingProgram = attributes.value.toString()
            }
        }
        guard hasVersion else { throw XMLFault(.version, "the osm element has no version, expected version=\"0.6\"") }
    }

    private func startInRoot(_ name: XMLName, _ attributes: consuming XMLAttributes) throws {
        if let kind = words.kind(name) {
            try startElement(kind, attributes)
            place = .element(kind)
            return
        }
        skippedDepth = 1
        if name == words.bounds {
            readBounds(attributes)
        } else if name == words.meta {
            var attributes = attributes
            while attributes.advance() {
                if attributes.name == words.osmBase {
                    header.replicationTimestamp = UTCTimestamp.seconds(attributes.value)
                }
            }
        } else if name == words.remark {
            wantsText = true
        } else if name == words.tag || name == words.nd || name == words.member {
            throw misplaced(name == words.tag ? "tag" : name == words.nd ? "nd" : "member", in: "osm")
        }
    }

    /// Several bounds are united. What cannot be read is left out: nothing rests on it.
    private func readBounds(_ attributes: consuming XMLAttributes) {
        var attributes = attributes
        var south: Int32?
        var west: Int32?
        var north: Int32?
        var east: Int32?
        while attributes.advance() {
            let name = attributes.name
            if name == words.minlat { south = XMLNumber.coordinate(attributes.value) }
            if name == words.minlon { west = XMLNumber.coordinate(attributes.value) }
            if name == words.maxlat { north = XMLNumber.coordinate(attributes.value) }
            if name == words.maxlon { east = XMLNumber.coordinate(attributes.value) }
        }
        guard let south, let west, let north, let east else {
            header.hasUnreadableBounds = true
            return
        }
        let known = header.bounds
        header.bounds = (
            GeoCoordinate(
                longitude: min(west, known?.southWest.longitude ?? west),
                latitude: min(south, known?.southWest.latitude ?? south)),
            GeoCoordinate(
                longitude: max(east, known?.northEast.longitude ?? east),
                latitude: max(north, known?.northEast.latitude ?? north))
        )
    }

    /// Overpass tells in a remark that it gave up half-way.
    private func endRemark() throws {
        wantsText = false
        let text = String(decoding: remark, as: UTF8.self)
        remark = []
        guard text.contains("runtime error") else { return }
        let line = onOneLine(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        throw XMLFault(.incomplete, "the data are incomplete, says the server that wrote them: \(line)")
    }

    // MARK: Elements

    private func startElement(_ kind: ElementKind, _ attributes: consuming XMLAttributes) throws {
        var attributes = attributes
        element = Element()
        var hasID = false
        while attributes.advance() {
            let name = attributes.name
            if name == words.id {
                element.id = try integer(attributes.value, "id")
                hasID = true
            } else if name == words.lat, kind == .node {
                element.latitude = try coordinate(attributes.value, "lat")
            } else if name == words.lon, kind == .node {
                element.longitude = try coordinate(attributes.value, "lon")
            } else if name == words.version {
                try checkMetadata(attributes.value, "version")
            } else if name == words.timestamp {
                try readTimestamp(attributes.value)
            } else if name == words.changeset {
                try checkMetadata(attributes.value, "changeset")
            } else if name == words.uid {
                try checkMetadata(attributes.value, "uid")
            } else if name == words.visible {
                let value = XMLName(attributes.value)
                guard value == words.yes || value == words.no else {
                    throw XMLFault(.boolean, "visible is \(quoted(attributes.value)), expected true or false")
                }
                if value == words.no { element.isDeleted = true }
            } else if name == words.action {
                // JOSM: to be deleted at the next upload.
                if XMLName(attributes.value) == words.delete { element.isDeleted = true }
            }
        }
        guard hasID else { throw XMLFault(.missingAttribute, "a \(kind.name) without id") }
    }

    private func finishElement(_ kind: ElementKind) {
        switch kind {
        case .node: finishNode()
        case .way: finishWay()
        case .relation: finishRelation()
        }
        let parts =
            block.ways.references.count + block.nodes.tags.keys.count + block.ways.tags.keys.count
            + block.relations.tags.keys.count + block.relations.memberIDs.count + block.strings.bytes.count / 16
        if block.elementCount >= PBFFields.elementsPerBlock || parts >= OSMXMLDecoder.partsPerBlock { completeBlock() }
    }

    private func finishNode() {
        let firstKey = Int(block.nodes.tags.ends.last ?? 0)
        if element.isDeleted {
            block.nodes.tags.truncate(to: firstKey)
            block.delete(ElementID(.node, element.id))
            return
        }
        block.nodes.ids.append(element.id)
        if let latitude = element.latitude, let longitude = element.longitude {
            block.nodes.coordinates.append(GeoCoordinate(longitude: longitude, latitude: latitude))
        } else {
            block.nodes.coordinates.append(.undefined)
        }
        if block.nodes.tags.keys.count > firstKey {
            block.nodes.tags.closeElements(upTo: block.nodes.ids.count - 1)
            block.nodes.tags.ends.append(UInt32(block.nodes.tags.keys.count))
        }
    }

    private func finishWay() {
        if element.isDeleted {
            block.ways.tags.truncate(to: Int(block.ways.tags.ends.last ?? 0))
            let firstReference = Int(block.ways.referenceEnds.last ?? 0)
            block.ways.references.removeSubrange(firstReference...)
            if block.ways.referenceCoordinates.count > firstReference {
                block.ways.referenceCoordinates.removeSubrange(firstReference...)
            }
            block.delete(ElementID(.way, element.id))
            return
        }
        block.ways.ids.append(element.id)
        block.ways.tags.ends.append(UInt32(block.ways.tags.keys.count))
        block.ways.referenceEnds.append(UInt32(block.ways.references.count))
    }

    private func finishRelation() {
        if element.isDeleted {
            block.relations.tags.truncate(to: Int(block.relations.tags.ends.last ?? 0))
            let firstMember = Int(block.relations.memberEnds.last ?? 0)
            block.relations.memberIDs.removeSubrange(firstMember...)
            block.relations.memberKinds.removeSubrange(firstMember...)
            block.relations.memberRoles.removeSubrange(firstMember...)
            block.delete(ElementID(.relation, element.id))
            return
        }
        block.relations.ids.append(element.id)
        block.relations.tags.ends.append(UInt32(block.relations.tags.keys.count))
        block.relations.memberEnds.append(UInt32(block.relations.memberIDs.count))
    }

    private func completeBlock() {
        if block.elementCount == 0 { return }
        if !block.nodes.tags.ends.isEmpty { block.nodes.tags.closeElements(upTo: block.nodes.ids.count) }
        if block.ways.tags.keys.isEmpty { block.ways.tags.ends = [] }
        if block.relations.tags.keys.isEmpty { block.relations.tags.ends = [] }
        if header.hasLocationsOnWays { block.ways.padCoordinates() }
        completed.append(block)
        block = OSMXMLDecoder.emptyBlock()
        interner.removeAll()
    }
}
