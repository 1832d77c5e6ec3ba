import ByteCoding
public import OSMModel
import PlanarGeometry
import SystemIO

/// Writes blocks of elements as an OSM XML 0.6 file that appears under its name when `finish()` returns.
///
/// Coordinates are printed from their integers, so nothing is lost. The five special characters are written as named
/// entities, line feed, carriage return and tab as numbers (a parser would turn plain ones into spaces); other control
/// characters, U+FFFE and U+FFFF do not exist in XML 1.0 and are dropped. Strings that are not UTF-8 get U+FFFD. Deleted elements of a block
/// are not written. Dropping the value without `finish()` leaves no file.
public struct OSMXMLWriter: ~Copyable {
    private var file: AtomicFile
    private let options: OSMWriterOptions
    private let writesLocations: Bool
    private var order = ElementOrderCheck()
    private var text = OSMXMLText()

    /// Opens the file and writes the root element's start, the data's date and the bounds.
    public init(path: String, header: OSMFileHeader, options: OSMWriterOptions = OSMWriterOptions())
        throws(OSMWriterError)
    {
        var opened = try OSMWriterError.wrap { () throws(SystemError) in try AtomicFile(path: path) }
        do { try opened.append(OSMXMLWriter.beginning(header)) } catch { throw .system(error) }
        file = opened
        self.options = options
        writesLocations = header.hasLocationsOnWays
    }

    private static func beginning(_ header: OSMFileHeader) -> [UInt8] {
        var text = OSMXMLText()
        text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<osm version=\"0.6\"")
        text.attribute("generator", header.writingProgram ?? "tuile")
        text.append(">\n")
        if let timestamp = header.replicationTimestamp {
            // Overpass' way to say how new the data is; the format itself has none.
            text.append(" <meta")
            text.attribute("osm_base", OSMXMLText.dateAndTime(timestamp))
            text.append("/>\n")
        }
        if let bounds = header.bounds {
            text.append(" <bounds")
            text.degrees("minlat", bounds.southWest.latitude)
            text.degrees("minlon", bounds.southWest.longitude)
            text.degrees("maxlat", bounds.northEast.latitude)
            text.degrees("maxlon", bounds.northEast.longitude)
            text.append("/>\n")
        }
        return text.bytes
    }

    /// Appends all elements of a block: its nodes, then its ways, then its relations.
    ///
    /// After an error the writer is of no use but to be dropped.
    public mutating func append(_ block: OSMBlock) throws(OSMWriterError) {
        if options.isSorted {
            try order.check(.node, block.nodes.ids)
            try order.check(.way, block.ways.ids)
            try order.check(.relation, block.relations.ids)
        }
        for node in block.nodes.ids.indices {
            start(ElementID(.node, block.nodes.ids[node]))
            let coordinate = block.nodes.coordinates[node]
            if coordinate != .undefined { text.coordinate(coordinate) }
            let tags = block.nodes.tags.range(node)
            if tags.isEmpty {
                text.append("/>\n")
            } else {
                text.append(">\n")
                end(.node, block.nodes.tags, tags, block.strings)
            }
        }
        for way in block.ways.ids.indices {
            start(ElementID(.way, block.ways.ids[way]))
            text.append(">\n")
            for reference in block.ways.referenceRange(way) {
                text.append("  <nd")
                text.attribute("ref", block.ways.references[reference])
                if writesLocations, !block.ways.referenceCoordinates.isEmpty {
                    let coordinate = block.ways.referenceCoordinates[reference]
                    if coordinate != .undefined { text.coordinate(coordinate) }
                }
                text.append("/>\n")
            }
            end(.way, block.ways.tags, block.ways.tags.range(way), block.strings)
        }
        for relation in block.relations.ids.indices {
            start(ElementID(.relation, block.relations.ids[relation]))
            text.append(">\n")
            for member in block.relations.memberRange(relation) {
                text.append("  <member type=\"\(block.relations.memberKinds[member].name)\"")
                text.attribute("ref", block.relations.memberIDs[member])
                text.attribute("role", block.strings[Int(block.relations.memberRoles[member])])
                text.append("/>\n")
            }
            end(.relation, block.relations.tags, block.relations.tags.range(relation), block.strings)
        }
        try flush()
    }

    /// Closes the root element, syncs the file and gives it its name.
    public consuming func finish() throws(OSMWriterError) {
        text.append("</osm>\n")
        try flush()
        do { try file.commit() } catch { throw .system(error) }
    }

    private mutating func start(_ element: ElementID) {
        text.append(" <")
        text.append(element.kind.name)
        text.attribute("id", element.number)
        guard let metadata = options.metadata else { return }
        let values = metadata.values(of: element)
        text.attribute("version", Int64(values.version))
        text.attribute("timestamp", OSMXMLText.dateAndTime(values.timestamp))
        text.attribute("uid", Int64(metadata.userIDs[values.user]))
        text.attribute("user", metadata.users[values.user])
        text.attribute("changeset", values.changeset)
    }

    private mutating func end(_ kind: ElementKind, _ tags: TagColumns, _ range: Range<Int>, _ strings: StringTable) {
        for tag in range {
            text.append("  <tag")
            text.attribute("k", strings[Int(tags.keys[tag])])
            text.attribute("v", strings[Int(tags.values[tag])])
            text.append("/>\n")
        }
        text.append(" </")
        text.append(kind.name)
        text.append(">\n")
    }

    private mutating func flush() throws(OSMWriterError) {
        do { try file.append(text.bytes) } catch { throw .system(error) }
        text.removeAll()
    }
}
