import PlanarGeometry
import TestSupport
import Testing

@Suite struct SegmentNodingTests {
    private typealias Segment = (from: WorldPoint, to: WorldPoint)

    private func segment(_ x0: UInt32, _ y0: UInt32, _ x1: UInt32, _ y1: UInt32) -> Segment {
        (WorldPoint(x: x0, y: y0), WorldPoint(x: x1, y: y1))
    }

    /// As `0: 1,1 5,5 | ...`, each segment's number with the points it goes through.
    private func text(_ pieces: [SegmentNoding.Piece]) -> String {
        var lines: [String] = []
        var last: SegmentNoding.Piece?
        for piece in pieces {
            if last?.segment != piece.segment {
                lines.append("\(piece.segment): \(piece.from.x),\(piece.from.y)")
            } else {
                #expect(last?.to == piece.from)
            }
            lines[lines.count - 1] += " \(piece.to.x),\(piece.to.y)"
            last = piece
        }
        return lines.joined(separator: " | ")
    }

    @Test func noSegmentsHaveNoPieces() {
        #expect(SegmentNoding.pieces(of: []) == [])
        #expect(SegmentNoding.pieces(of: [segment(3, 3, 3, 3)]) == [])
    }

    @Test func segmentsThatShareEndsStayWhole() throws {
        let pieces = try #require(SegmentNoding.pieces(of: [segment(9, 9, 5, 5), segment(5, 5, 9, 1)]))
        #expect(text(pieces) == "0: 9,9 5,5 | 1: 5,5 9,1")
    }

    @Test func aCrossingCutsBothAndKeepsTheirDirections() throws {
        let pieces = try #require(SegmentNoding.pieces(of: [segment(10, 0, 0, 10), segment(0, 0, 10, 10)]))
        #expect(text(pieces) == "0: 10,0 5,5 0,10 | 1: 0,0 5,5 10,10")
    }

    @Test func anEndOnASegmentCutsThatOneAlone() throws {
        let pieces = try #require(SegmentNoding.pieces(of: [segment(0, 0, 10, 0), segment(4, 0, 4, 9)]))
        #expect(text(pieces) == "0: 0,0 4,0 10,0 | 1: 4,0 4,9")
    }

    @Test func overlapsBecomeEqualPieces() throws {
        let pieces = try #require(SegmentNoding.pieces(of: [segment(0, 0, 10, 0), segment(15, 0, 5, 0)]))
        #expect(text(pieces) == "0: 0,0 5,0 10,0 | 1: 15,0 10,0 5,0")
    }

    @Test func theEdgesOfTheGridAreNoLimit() throws {
        let top = UInt32.max
        let pieces = try #require(SegmentNoding.pieces(of: [segment(0, 0, top, top), segment(top, 0, 0, top)]))
        #expect(
            text(pieces) == "0: 0,0 2147483648,2147483648 \(top),\(top) | 1: \(top),0 2147483648,2147483648 0,\(top)")
    }

    @Test(arguments: 0..<40)
    func piecesOfRandomSegmentsMeetInEndsOnlyAndStayNear(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) + 5)
        let size: UInt32 = [12, 40, 1000, 4_000_000_000][seed % 4]
        func point() -> WorldPoint {
            WorldPoint(x: .random(in: 0...size, using: &random), y: .random(in: 0...size, using: &random))
        }
        let segments = (0..<25).map { _ in (from: point(), to: point()) }
        let pieces = try #require(SegmentNoding.pieces(of: segments))
        for (index, a) in pieces.enumerated() {
            #expect(a.from != a.to)
            for b in pieces[(index + 1)...] {
                let ends = [a.from, a.to]
                let isSame = ends.contains(b.from) && ends.contains(b.to)
                switch SegmentIntersection.relation(a.from, a.to, b.from, b.to) {
                case .disjoint: break
                case .touching: #expect(ends.contains(b.from) || ends.contains(b.to))
                case .overlapping: #expect(isSame)
                case .crossing: Issue.record("\(a) crosses \(b)")
                }
            }
        }
        for (number, segment) in segments.enumerated() where segment.from != segment.to {
            let own = pieces.filter { $0.segment == number }
            #expect(own.first?.from == segment.from)
            #expect(own.last?.to == segment.to)
            let (dx, dy) = (segment.to.wideX - segment.from.wideX, segment.to.wideY - segment.from.wideY)
            let length = (Double(dx) * Double(dx) + Double(dy) * Double(dy)).squareRoot()
            for piece in own {
                let cross =
                    Int128(dx) * Int128(piece.to.wideY - segment.from.wideY)
                    - Int128(dy) * Int128(piece.to.wideX - segment.from.wideX)
                #expect(abs(Double(cross)) / length < 0.7072)
            }
        }
    }
}
