import ByteCoding
import OSMModel
import PlanarGeometry

/// The children of nodes, ways and relations, and the values of attributes.
extension OSMXMLDecoder {
    func readTag(_ attributes: consuming XMLAttributes, of kind: ElementKind) throws {
        var attributes = attributes
        var key: UInt32?
        var value: UInt32?
        while attributes.advance() {
            if attributes.name == words.k { key = string(attributes.value) }
            if attributes.name == words.v { value = string(attributes.value) }
        }
        guard let key, let value else {
            throw XMLFault(.missingAttribute, "a tag without \(key == nil ? "k" : "v")")
        }
        switch kind {
        case .node:
            block.nodes.tags.keys.append(key)
            block.nodes.tags.values.append(value)
        case .way:
            block.ways.tags.keys.append(key)
            block.ways.tags.values.append(value)
        case .relation:
            block.relations.tags.keys.append(key)
            block.relations.tags.values.append(value)
        }
    }

    func readReference(_ attributes: consuming XMLAttributes) throws {
        var attributes = attributes
        var reference: Int64?
        var latitude: Int32?
        var longitude: Int32?
        while attributes.advance() {
            if attributes.name == words.ref {
                reference = try integer(attributes.value, "ref")
            } else if attributes.name == words.lat {
                latitude = try coordinate(attributes.value, "lat")
            } else if attributes.name == words.lon {
                longitude = try coordinate(attributes.value, "lon")
            }
        }
        guard let reference else { throw XMLFault(.missingAttribute, "an nd without ref") }
        if let latitude, let longitude {
            header.hasLocationsOnWays = true
            block.ways.padCoordinates()
            block.ways.referenceCoordinates.append(GeoCoordinate(longitude: longitude, latitude: latitude))
        }
        block.ways.references.append(reference)
    }

    func readMember(_ attributes: consuming XMLAttributes) throws {
        var attributes = attributes
        var kind: ElementKind?
        var reference: Int64?
        var role: UInt32 = 0
        while attributes.advance() {
            if attributes.name == words.type {
                guard let found = words.kind(XMLName(attributes.value)) else {
                    throw XMLFault(
                        .memberType, "member type \(quoted(attributes.value)), expected node, way or relation")
                }
                kind = found
            } else if attributes.name == words.ref {
                reference = try integer(attributes.value, "ref")
            } else if attributes.name == words.role {
                role = string(attributes.value)
            }
        }
        guard let kind else { throw XMLFault(.missingAttribute, "a member without type") }
        guard let reference else { throw XMLFault(.missingAttribute, "a member without ref") }
        block.relations.memberKinds.append(kind)
        block.relations.memberIDs.append(reference)
        block.relations.memberRoles.append(role)
    }

    // MARK: Values

    func string(_ text: RawSpan) -> UInt32 {
        text.byteCount == 0 ? 0 : interner.number(of: text, in: &block.strings)
    }

    func integer(_ text: RawSpan, _ name: StaticString) throws -> Int64 {
        guard let value = XMLNumber.integer(text) else {
            throw XMLFault(.number, "\(name) is \(quoted(text)), expected a 64-bit integer")
        }
        return value
    }

    func coordinate(_ text: RawSpan, _ name: StaticString) throws -> Int32 {
        guard let value = XMLNumber.coordinate(text) else {
            throw XMLFault(.number, "\(name) is \(quoted(text)), expected decimal degrees")
        }
        return value
    }

    /// Version, changeset and user number: -1 stands for "not set".
    func checkMetadata(_ text: RawSpan, _ name: StaticString) throws {
        guard try integer(text, name) >= -1 else {
            throw XMLFault(.number, "\(name) is \(quoted(text)), expected 0 or more")
        }
    }

    func readTimestamp(_ text: RawSpan) throws {
        guard let seconds = UTCTimestamp.seconds(text) else {
            throw XMLFault(.timestamp, "timestamp is \(quoted(text)), expected the form 2016-07-16T06:14:03Z")
        }
        if options.readsTimestamps { block.newestTimestamp = max(block.newestTimestamp ?? .min, seconds) }
    }

    func misplaced(_ name: String, in parent: String) -> XMLFault {
        XMLFault(.nesting, "\(name) inside \(parent), where it cannot be")
    }
}
