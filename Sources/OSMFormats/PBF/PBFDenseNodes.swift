import OSMModel
import PlanarGeometry
import ProtobufWire

extension PBFPrimitiveBlockDecoder {
    /// What is known of one DenseNodes message while its fields, in any order and any number of runs, come in.
    private struct DenseMessage {
        /// Index of its first node in the block's columns.
        let firstNode: Int
        var idSum: Int64 = 0
        var latitudeSum: Int64 = 0
        var longitudeSum: Int64 = 0
        /// Where the fields begin, for errors: the message's own start until they are seen.
        var idOffset: Int
        var latitudeOffset: Int
        var longitudeOffset: Int
        var keysOffset: Int
        var infoOffset: Int
        /// A key of `keys_vals` whose value is still to come.
        var pendingKey: UInt32?
        var hasKeys = false
        /// Values in each array of DenseInfo, by field number.
        var infoCounts = SIMD8<Int>(repeating: 0)
        var timestampSum: Int64 = 0
        var userNameSum: Int64 = 0

        init(firstNode: Int, offset: Int) {
            self.firstNode = firstNode
            idOffset = offset
            latitudeOffset = offset
            longitudeOffset = offset
            keysOffset = offset
            infoOffset = offset
        }
    }

    /// `osmformat.proto`, DenseNodes: ids, latitudes and longitudes as parallel arrays of deltas.
    mutating func decodeDenseNodes(_ message: consuming WireReader) throws {
        var reader = message
        var dense = DenseMessage(firstNode: block.nodes.ids.count, offset: reader.offset)
        latitudes.removeAll(keepingCapacity: true)
        longitudes.removeAll(keepingCapacity: true)
        visibility.removeAll(keepingCapacity: true)
        while try reader.next() {
            switch reader.field {
            case PBFFields.DenseNodes.id:
                dense.idOffset = reader.fieldOffset
                try PBFColumns.appendDeltas(reader.packedVarints(), sum: &dense.idSum, to: &block.nodes.ids)
            case PBFFields.DenseNodes.latitude:
                dense.latitudeOffset = reader.fieldOffset
                try PBFColumns.appendCoordinates(
                    reader.packedVarints(), sum: &dense.latitudeSum, scale: scale, offset: scale.latitudeOffset,
                    to: &latitudes)
            case PBFFields.DenseNodes.longitude:
                dense.longitudeOffset = reader.fieldOffset
                try PBFColumns.appendCoordinates(
                    reader.packedVarints(), sum: &dense.longitudeSum, scale: scale, offset: scale.longitudeOffset,
                    to: &longitudes)
            case PBFFields.DenseNodes.keysAndValues:
                dense.keysOffset = reader.fieldOffset
                try appendTags(reader.packedVarints(), &dense)
            case PBFFields.DenseNodes.info:
                dense.infoOffset = reader.fieldOffset
                try readDenseInfo(reader.message(), &dense)
            default: try reader.skip()
            }
        }
        try checkCounts(dense)
        appendPositions()
        if visibility.contains(false) { removeDeletedNodes(from: dense.firstNode) }
    }

    /// `(key value)* 0` for every node, untagged ones too.
    private mutating func appendTags(_ run: consuming PackedVarints, _ dense: inout DenseMessage) throws {
        var values = run
        if !dense.hasKeys {
            dense.hasKeys = true
            block.nodes.tags.closeElements(upTo: dense.firstNode)
        }
        let stringCount = block.strings.count
        while !values.isAtEnd {
            let start = values.offset
            let value = try values.next()
            if let key = dense.pendingKey {
                let number = try PBFColumns.stringNumber(value, stringCount: stringCount, what: "tag value", at: start)
                block.nodes.tags.keys.append(key)
                block.nodes.tags.values.append(number)
                dense.pendingKey = nil
            } else if value == 0 {
                block.nodes.tags.ends.append(UInt32(block.nodes.tags.keys.count))
            } else {
                dense.pendingKey = try PBFColumns.stringNumber(
                    value, stringCount: stringCount, what: "tag key", at: start)
            }
        }
    }

    private mutating func readDenseInfo(_ message: consuming WireReader, _ dense: inout DenseMessage) throws {
        var reader = message
        while try reader.next() {
            let field = reader.field
            switch field {
            case PBFFields.DenseInfo.timestamp where options.readsTimestamps:
                var values = try reader.packedVarints()
                dense.infoCounts[field] += try values.count()
                while !values.isAtEnd {
                    let start = values.offset
                    let (sum, overflow) = dense.timestampSum.addingReportingOverflow(try values.nextZigzag())
                    if overflow { throw PBFFault(.overflow, at: start, "timestamps whose sum passes 64 bits") }
                    dense.timestampSum = sum
                    try note(timestamp: sum, at: start)
                }
            case PBFFields.DenseInfo.userName:
                var values = try reader.packedVarints()
                dense.infoCounts[field] += try values.count()
                let stringCount = block.strings.count
                while !values.isAtEnd {
                    let start = values.offset
                    dense.userNameSum &+= try values.nextZigzag()
                    _ = try PBFColumns.stringNumber(
                        UInt64(bitPattern: dense.userNameSum), stringCount: stringCount, what: "user name", at: start)
                }
            case PBFFields.DenseInfo.visible:
                var values = try reader.packedVarints()
                dense.infoCounts[field] += try values.count()
                while !values.isAtEnd { visibility.append(try values.next() != 0) }
            case PBFFields.DenseInfo.version...PBFFields.DenseInfo.userID:
                dense.infoCounts[field] += try reader.packedVarints().count()
            default: try reader.skip()
            }
        }
    }

    private mutating func checkCounts(_ dense: DenseMessage) throws {
        let count = block.nodes.ids.count - dense.firstNode
        guard latitudes.count == count, longitudes.count == count else {
            let offset =
                latitudes.count == longitudes.count
                ? dense.idOffset : latitudes.count == count ? dense.longitudeOffset : dense.latitudeOffset
            throw PBFFault(
                .length, at: offset,
                "dense nodes with \(count) ids, \(latitudes.count) latitudes and \(longitudes.count) longitudes")
        }
        for field in PBFFields.DenseInfo.version...PBFFields.DenseInfo.visible {
            let values = dense.infoCounts[field]
            guard values == 0 || values == count else {
                throw PBFFault(
                    .length, at: dense.infoOffset,
                    "dense nodes with \(count) ids, but \(values) values in array \(field) of their metadata")
            }
        }
        guard dense.hasKeys else { return }
        if dense.pendingKey != nil {
            throw PBFFault(.keysAndValues, at: dense.keysOffset, "the tags of dense nodes end after a key")
        }
        // The last node's 0 is often forgotten and never ambiguous.
        if block.nodes.tags.ends.count == block.nodes.ids.count - 1 {
            block.nodes.tags.ends.append(UInt32(block.nodes.tags.keys.count))
        }
        guard block.nodes.tags.ends.count == block.nodes.ids.count else {
            throw PBFFault(
                .keysAndValues, at: dense.keysOffset,
                "\(count) dense nodes, but tags for \(block.nodes.tags.ends.count - dense.firstNode)")
        }
    }

    private mutating func appendPositions() {
        block.nodes.coordinates.reserveCapacity(block.nodes.coordinates.count + latitudes.count)
        for index in latitudes.indices {
            block.nodes.coordinates.append(
                PBFCoordinateScale.position(longitude: longitudes[index], latitude: latitudes[index]))
        }
    }

    /// Moves the nodes of the last message that are not visible from the columns to the list of deleted elements.
    private mutating func removeDeletedNodes(from first: Int) {
        let hasTags = block.nodes.tags.ends.count == block.nodes.ids.count
        var kept = NodeColumns()
        var keptTagCount = Int(first == 0 || !hasTags ? 0 : block.nodes.tags.ends[first - 1])
        let tagsBefore = keptTagCount
        for index in first..<block.nodes.ids.count {
            let range = hasTags ? block.nodes.tags.range(index) : 0..<0
            guard visibility[index - first] else {
                block.delete(ElementID(.node, block.nodes.ids[index]), behind: first + kept.ids.count)
                continue
            }
            kept.ids.append(block.nodes.ids[index])
            kept.coordinates.append(block.nodes.coordinates[index])
            kept.tags.keys.append(contentsOf: block.nodes.tags.keys[range])
            kept.tags.values.append(contentsOf: block.nodes.tags.values[range])
            keptTagCount += range.count
            kept.tags.ends.append(UInt32(keptTagCount))
        }
        block.nodes.ids.replaceSubrange(first..., with: kept.ids)
        block.nodes.coordinates.replaceSubrange(first..., with: kept.coordinates)
        if hasTags {
            block.nodes.tags.truncate(to: tagsBefore)
            block.nodes.tags.keys.append(contentsOf: kept.tags.keys)
            block.nodes.tags.values.append(contentsOf: kept.tags.values)
            block.nodes.tags.ends.replaceSubrange(first..., with: kept.tags.ends)
        }
    }
}
