/// Field numbers of the messages of `fileformat.proto` and `osmformat.proto`, used alike by reader and writer.
///
/// Types and codings stand beside each number; "delta" means that each value is the difference to the one before, from 0.
enum PBFFields {
    enum BlobHeader {
        static let type = 1  // string, required
        static let indexData = 2  // bytes
        static let dataSize = 3  // int32, required
    }

    enum Blob {
        static let raw = 1  // bytes
        static let rawSize = 2  // int32
        static let zlibData = 3  // bytes, RFC 1950
        static let lzmaData = 4  // bytes
        static let bzip2Data = 5  // bytes, obsolete
        static let lz4Data = 6  // bytes, LZ4 block without frame
        static let zstdData = 7  // bytes
    }

    enum HeaderBlock {
        static let boundingBox = 1  // HeaderBBox
        static let requiredFeatures = 4  // repeated string
        static let optionalFeatures = 5  // repeated string
        static let writingProgram = 16  // string
        static let source = 17  // string
        static let replicationTimestamp = 32  // int64, seconds since 1970
        static let replicationSequence = 33  // int64
        static let replicationBaseURL = 34  // string
    }

    /// All sint64 in nanodegrees, required.
    enum HeaderBBox {
        static let left = 1
        static let right = 2
        static let top = 3
        static let bottom = 4
    }

    enum PrimitiveBlock {
        static let stringTable = 1  // StringTable, required
        static let primitiveGroup = 2  // repeated PrimitiveGroup
        static let granularity = 17  // int32, nanodegrees, default 100
        static let dateGranularity = 18  // int32, milliseconds, default 1000
        static let latitudeOffset = 19  // int64, nanodegrees
        static let longitudeOffset = 20  // int64, nanodegrees
    }

    enum StringTable {
        static let string = 1  // repeated bytes
    }

    enum PrimitiveGroup {
        static let nodes = 1  // repeated Node
        static let dense = 2  // DenseNodes
        static let ways = 3  // repeated Way
        static let relations = 4  // repeated Relation
        static let changesets = 5  // repeated ChangeSet
    }

    enum Node {
        static let id = 1  // sint64, required
        static let keys = 2  // packed uint32
        static let values = 3  // packed uint32
        static let info = 4  // Info
        static let latitude = 8  // sint64, required
        static let longitude = 9  // sint64, required
    }

    enum DenseNodes {
        static let id = 1  // packed sint64, delta
        static let info = 5  // DenseInfo
        static let latitude = 8  // packed sint64, delta
        static let longitude = 9  // packed sint64, delta
        static let keysAndValues = 10  // packed int32: (key value)* 0 for each node
    }

    enum DenseInfo {
        static let version = 1  // packed int32
        static let timestamp = 2  // packed sint64, delta
        static let changeset = 3  // packed sint64, delta
        static let userID = 4  // packed sint32, delta
        static let userName = 5  // packed sint32, delta: string number
        static let visible = 6  // packed bool
    }

    enum Info {
        static let version = 1  // int32, default -1
        static let timestamp = 2  // int64
        static let changeset = 3  // int64
        static let userID = 4  // int32
        static let userName = 5  // uint32: string number
        static let visible = 6  // bool
    }

    enum Way {
        static let id = 1  // int64, required
        static let keys = 2  // packed uint32
        static let values = 3  // packed uint32
        static let info = 4  // Info
        static let references = 8  // packed sint64, delta
        static let latitude = 9  // packed sint64, delta
        static let longitude = 10  // packed sint64, delta
    }

    enum Relation {
        static let id = 1  // int64, required
        static let keys = 2  // packed uint32
        static let values = 3  // packed uint32
        static let info = 4  // Info
        static let memberRoles = 8  // packed int32: string numbers
        static let memberIDs = 9  // packed sint64, delta over all members
        static let memberTypes = 10  // packed enum: 0 node, 1 way, 2 relation
    }

    /// Sizes that a file must stay below (`fileformat.proto`, OSM wiki "PBF Format").
    static let blobHeaderLimit = 64 * 1024
    static let blobLimit = 32 * 1024 * 1024

    /// Elements in a block, as other programs write them.
    static let elementsPerBlock = 8000
}
