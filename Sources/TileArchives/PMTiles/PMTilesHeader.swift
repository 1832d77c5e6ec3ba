import ByteCoding

/// The fixed part of a PMTiles 3 file, little-endian. Offsets of sections count from the start of the file.
///
/// | byte | type | field |
/// |--:|---|---|
/// | 0 | 7 bytes | `PMTiles` |
/// | 7 | u8 | version 3 |
/// | 8, 16 | u64 | root directory: offset, length |
/// | 24, 32 | u64 | metadata: offset, length |
/// | 40, 48 | u64 | leaf directories: offset, length |
/// | 56, 64 | u64 | tile data: offset, length |
/// | 72, 80, 88 | u64 | addressed tiles, entries, contents; 0 is unknown |
/// | 96 | u8 | clustered |
/// | 97, 98 | u8 | compression of directories and metadata, of tiles |
/// | 99 | u8 | tile type |
/// | 100, 101 | u8 | lowest and highest zoom |
/// | 102, 106 | i32 | lowest longitude and latitude, 1e-7 degree |
/// | 110, 114 | i32 | highest longitude and latitude |
/// | 118 | u8 | zoom of the centre |
/// | 119, 123 | i32 | longitude and latitude of the centre |
public struct PMTilesHeader: Equatable, Sendable {
    public struct Section: Equatable, Sendable {
        public var offset: UInt64 = 0
        public var length: UInt64 = 0
    }

    static let byteCount = 127
    static let magic = Array("PMTiles".utf8)
    /// A reader's first request: header and root directory must lie inside.
    static let rootLimit = 16_384 - byteCount

    public var root = Section()
    public var metadata = Section()
    public var leaves = Section()
    public var tileData = Section()
    public var addressedTiles: UInt64 = 0
    public var entries: UInt64 = 0
    public var contents: UInt64 = 0
    /// Whether tile data lie in the order of tile ids.
    public var isClustered = false
    public var internalCompression = TileCompression.gzip
    public var tileCompression = TileCompression.gzip
    public var format = TileFormat.vector
    public var minZoom: UInt8 = 0
    public var maxZoom: UInt8 = 0
    /// 1e-7 degree: west, south, east, north.
    public var bounds = SIMD4<Int32>()
    public var centerZoom: UInt8 = 0
    /// 1e-7 degree: longitude, latitude.
    public var center = SIMD2<Int32>()

    init() {}

    func encoded() -> [UInt8] {
        var bytes = PMTilesHeader.magic
        bytes.append(3)
        for section in [root, metadata, leaves, tileData] {
            bytes.appendLittleEndian(section.offset)
            bytes.appendLittleEndian(section.length)
        }
        for count in [addressedTiles, entries, contents] { bytes.appendLittleEndian(count) }
        bytes.append(isClustered ? 1 : 0)
        bytes.append(internalCompression.rawValue)
        bytes.append(tileCompression.rawValue)
        bytes.append(format.rawValue)
        bytes.append(minZoom)
        bytes.append(maxZoom)
        for lane in 0..<4 { bytes.appendLittleEndian(bounds[lane]) }
        bytes.append(centerZoom)
        for lane in 0..<2 { bytes.appendLittleEndian(center[lane]) }
        return bytes
    }

    /// Reads the header at the start of a file; sections are held against its length. `path` is for messages.
    init(decoding file: RawSpan, path: String) throws(TileArchiveError) {
        self.init()
        let start = file.extracting(first: 8).toArray()
        // Versions 1 and 2 are another format, which starts with "PM" and the number.
        if start.count >= 3, start.starts(with: PMTilesHeader.magic.prefix(2)), start[2] == 1 || start[2] == 2 {
            throw .versionUnsupported(path: path, version: Int(start[2]))
        }
        guard start.count == 8, start.starts(with: PMTilesHeader.magic) else {
            throw .formatNotRecognised(path: path)
        }
        guard start[7] == 3 else { throw .versionUnsupported(path: path, version: Int(start[7])) }
        do throws(ByteCodingError) {
            var cursor = ByteCursor(file, at: 8)
            try read(&cursor)
        } catch { throw .damaged(path: path, part: "header", offset: 0, reason: error.description) }
        for (name, section) in [
            ("root directory", root), ("metadata", metadata), ("leaf directories", leaves), ("tile data", tileData),
        ] {
            let size = UInt64(file.byteCount)
            guard section.offset <= size, section.length <= size - section.offset else {
                throw .damaged(
                    path: path, part: "header", offset: 0,
                    reason:
                        "the \(name) (\(section.length) bytes from \(section.offset)) end behind the file's end, \(size)"
                )
            }
        }
    }

    private mutating func read(_ cursor: inout ByteCursor) throws(ByteCodingError) {
        func section(_ cursor: inout ByteCursor) throws(ByteCodingError) -> Section {
            Section(offset: try cursor.uint64(), length: try cursor.uint64())
        }
        root = try section(&cursor)
        metadata = try section(&cursor)
        leaves = try section(&cursor)
        tileData = try section(&cursor)
        addressedTiles = try cursor.uint64()
        entries = try cursor.uint64()
        contents = try cursor.uint64()
        isClustered = try cursor.uint8() == 1
        // Numbers that a later revision may add mean "unknown" here.
        internalCompression = TileCompression(rawValue: try cursor.uint8()) ?? .unknown
        tileCompression = TileCompression(rawValue: try cursor.uint8()) ?? .unknown
        format = TileFormat(rawValue: try cursor.uint8()) ?? .unknown
        minZoom = try cursor.uint8()
        maxZoom = try cursor.uint8()
        for lane in 0..<4 { bounds[lane] = Int32(bitPattern: try cursor.uint32()) }
        centerZoom = try cursor.uint8()
        for lane in 0..<2 { center[lane] = Int32(bitPattern: try cursor.uint32()) }
    }
}

// MARK: Metadata kept in the header

extension PMTilesHeader {
    private static let unitsPerDegree = 1e7

    /// 1e-7 degree, to the nearest.
    private static func units(_ degrees: Double) -> Int32 {
        let scaled = degrees * unitsPerDegree
        return Int32(min(max(scaled + (scaled < 0 ? -0.5 : 0.5), -1_800_000_000), 1_800_000_000))
    }

    /// Takes bounds and centre from `metadata`. Bounds get an area, which readers ask for, even around one point.
    mutating func setPlace(_ metadata: TilesetMetadata) {
        let box = metadata.bounds.unwrapped
        bounds = SIMD4(
            PMTilesHeader.units(box.west), PMTilesHeader.units(box.south), PMTilesHeader.units(box.east),
            PMTilesHeader.units(box.north))
        if bounds[0] >= bounds[2] {
            bounds[0] = min(bounds[0], 1_799_999_999)
            bounds[2] = bounds[0] + 1
        }
        if bounds[1] >= bounds[3] {
            bounds[1] = min(bounds[1], 899_999_999)
            bounds[3] = bounds[1] + 1
        }
        let middle = metadata.effectiveCenter
        center = SIMD2(PMTilesHeader.units(middle.longitude), PMTilesHeader.units(middle.latitude))
        centerZoom = min(max(middle.zoom, minZoom), maxZoom)
    }

    /// What the header says about the tileset; nonsense stays at the defaults.
    var tilesetMetadata: TilesetMetadata {
        func degrees(_ units: Int32) -> Double { Double(units) / PMTilesHeader.unitsPerDegree }
        var metadata = TilesetMetadata(format: format)
        if minZoom <= maxZoom, maxZoom <= PMTilesTileID.maxZoom {
            metadata.minZoom = minZoom
            metadata.maxZoom = maxZoom
        }
        let box = TilesetMetadata.Bounds(
            west: degrees(bounds[0]), south: degrees(bounds[1]), east: degrees(bounds[2]), north: degrees(bounds[3]))
        if box.isValid, bounds != SIMD4() { metadata.bounds = box }
        let longitude = degrees(center[0])
        let latitude = degrees(center[1])
        if abs(longitude) <= 180, abs(latitude) <= 90, centerZoom <= PMTilesTileID.maxZoom {
            metadata.center = TilesetMetadata.Center(longitude: longitude, latitude: latitude, zoom: centerZoom)
        }
        return metadata
    }
}
