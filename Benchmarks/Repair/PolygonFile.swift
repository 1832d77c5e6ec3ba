import Glibc
import PlanarGeometry

/// Polygons on disk, as `Benchmarks/repair` writes and reads them: little-endian 32-bit numbers, columns one after another.
///
/// | field | count | meaning |
/// |---|---|---|
/// | magic | 1 | 0x50525354 |
/// | scale | 1 | 0 tile units (signed), 1 world grid (unsigned) |
/// | groupCount, polygonCount, ringCount, pointCount | 4 | |
/// | group ends | groupCount | index after the last polygon of each kind, ascending |
/// | polygon ends | polygonCount | index after the last ring of each polygon |
/// | ring ends | ringCount | index after the last point of each ring |
/// | ring roles | ringCount | 1 exterior, 0 interior, of the last exterior before it |
/// | x, y | 2 * pointCount | interleaved |
///
/// The answer has the same form, with one more column at the end: the outcome of each polygon (0 valid, 1 rebuilt,
/// 2 empty, 3 too tangled).
struct PolygonFile {
    static let magic: UInt32 = 0x5052_5354

    var isWorld = false
    var groupEnds: [Int] = []
    var polygonEnds: [Int] = []
    var ringEnds: [Int] = []
    var roles: [UInt32] = []
    /// Bit patterns, x and y in turn.
    var coordinates: [UInt32] = []
    var outcomes: [UInt32] = []

    init() {}

    /// `nil` if the file cannot be read or its columns do not fit together.
    init?(path: String) {
        guard let words = Self.words(of: path), words.count >= 6, words[0] == Self.magic, words[1] <= 1 else {
            return nil
        }
        let counts = words[2..<6].map(Int.init)
        guard words.count == 6 + counts[0] + counts[1] + 2 * counts[2] + 2 * counts[3] else { return nil }
        isWorld = words[1] == 1
        var next = 6
        func column(_ count: Int) -> ArraySlice<UInt32> {
            next += count
            return words[next - count..<next]
        }
        groupEnds = column(counts[0]).map(Int.init)
        polygonEnds = column(counts[1]).map(Int.init)
        ringEnds = column(counts[2]).map(Int.init)
        roles = Array(column(counts[2]))
        coordinates = Array(column(2 * counts[3]))
        guard Self.isColumn(groupEnds, upTo: counts[1]), Self.isColumn(polygonEnds, upTo: counts[2]),
            Self.isColumn(ringEnds, upTo: counts[3])
        else { return nil }
    }

    private static func isColumn(_ ends: [Int], upTo count: Int) -> Bool {
        ends.last ?? 0 == count && zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 }
    }

    private static func words(of path: String) -> [UInt32]? {
        guard let file = unsafe fopen(path, "rb") else { return nil }
        defer { unsafe fclose(file) }
        var words: [UInt32] = []
        var buffer = [UInt32](repeating: 0, count: 1 << 16)
        while true {
            // The buffer is alive and as long as the count says.
            let read = unsafe fread(&buffer, 4, buffer.count, file)
            if read == 0 { break }
            for word in buffer[0..<read] { words.append(UInt32(littleEndian: word)) }
        }
        return words
    }

    func write(to path: String) -> Bool {
        var words = [Self.magic, isWorld ? 1 : 0]
        for count in [groupEnds.count, polygonEnds.count, ringEnds.count, coordinates.count / 2] {
            words.append(UInt32(count))
        }
        for ends in [groupEnds, polygonEnds, ringEnds] { words += ends.map { UInt32($0) } }
        words += roles
        words += coordinates
        words += outcomes
        let bytes = words.map(\.littleEndian)
        guard let file = unsafe fopen(path, "wb") else { return false }
        // The array is alive and as long as the count says.
        let isWritten = unsafe fwrite(bytes, 4, bytes.count, file) == bytes.count
        return unsafe fclose(file) == 0 && isWritten
    }
}
