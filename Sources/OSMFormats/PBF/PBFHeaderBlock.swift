import ByteCoding
import OSMModel
import PlanarGeometry
import ProtobufWire

/// The payload of an OSMHeader block (`osmformat.proto`, HeaderBlock).
enum PBFHeaderBlock {
    /// Required features that are understood. `LocationsOnWays` is written as optional, but harmless here too.
    private static let understood: Set<String> = ["OsmSchema-V0.6", "DenseNodes", "LocationsOnWays"]

    /// Reads the header and refuses the file if it requires what is not understood.
    static func decode(_ payload: RawSpan, base: Int) throws -> OSMFileHeader {
        var header = OSMFileHeader()
        var statedDate: Int64?
        var reader = WireReader(payload, base: base)
        while try reader.next() {
            switch reader.field {
            case PBFFields.HeaderBlock.boundingBox:
                header.bounds = try decodeBounds(reader.message())
                header.hasUnreadableBounds = header.bounds == nil
            case PBFFields.HeaderBlock.requiredFeatures:
                let offset = reader.fieldOffset
                let feature = try reader.bytes()
                if feature.toString() == "LocationsOnWays" { header.hasLocationsOnWays = true }
                try check(feature, offset: offset)
            case PBFFields.HeaderBlock.optionalFeatures:
                let feature = try reader.bytes()
                let name = feature.toString()
                if name == "LocationsOnWays" { header.hasLocationsOnWays = true }
                if name.hasPrefix("timestamp=") {
                    statedDate = UTCTimestamp.seconds(feature.extracting(10..<feature.byteCount))
                }
            case PBFFields.HeaderBlock.writingProgram: header.writingProgram = try reader.bytes().toString()
            case PBFFields.HeaderBlock.replicationTimestamp: header.replicationTimestamp = try reader.int64()
            case PBFFields.HeaderBlock.replicationSequence: header.replicationSequence = try reader.int64()
            case PBFFields.HeaderBlock.replicationBaseURL: header.replicationBaseURL = try reader.bytes().toString()
            default: try reader.skip()
            }
        }
        header.replicationTimestamp = header.replicationTimestamp ?? statedDate
        return header
    }

    private static func check(_ feature: RawSpan, offset: Int) throws {
        let name = feature.toString()
        if understood.contains(name) { return }
        if name == "HistoricalInformation" {
            throw PBFFault(
                .requiredFeature, at: offset,
                "a history file (required feature HistoricalInformation), which is not supported; cut one date out of it"
            )
        }
        throw PBFFault(
            .requiredFeature, at: offset, "the file requires the feature \(quoted(feature)), which is not supported")
    }

    /// Nanodegrees to 1e-7 degree. An incomplete box is no box: nothing rests on it.
    private static func decodeBounds(_ message: consuming WireReader) throws -> (GeoCoordinate, GeoCoordinate)? {
        var reader = message
        var sides: [Int32?] = [nil, nil, nil, nil]
        while try reader.next() {
            switch reader.field {
            case PBFFields.HeaderBBox.left...PBFFields.HeaderBBox.bottom:
                let side = reader.field - PBFFields.HeaderBBox.left
                sides[side] = Int32(exactly: try reader.sint64() / 100)
            default: try reader.skip()
            }
        }
        guard let west = sides[0], let east = sides[1], let north = sides[2], let south = sides[3] else { return nil }
        return (GeoCoordinate(longitude: west, latitude: south), GeoCoordinate(longitude: east, latitude: north))
    }
}
