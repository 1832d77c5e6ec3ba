/// How the bytes of a body are packed. Gzip is the only packing that archives, generators and all clients share.
enum ContentEncoding: Hashable, Sendable {
    case identity
    case gzip

    /// The better of the two for a client, by its `Accept-Encoding` (RFC 9110 section 12.5.3).
    ///
    /// Without the header the bytes go unpacked: simple clients that do not ask do not unpack either. A client that
    /// refuses both gets identity. Malformed members are ignored. On equal weight gzip wins.
    init(accepting header: String?) {
        guard let header else {
            self = .identity
            return
        }
        var gzip: Int?
        var identity: Int?
        var others: Int?
        for member in header.utf8.split(separator: UInt8(ascii: ",")) {
            var parts = member.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).makeIterator()
            guard let coding = parts.next().map({ Substring($0).trimmed.lowercased() }), !coding.isEmpty,
                let weight = Self.weight(parts.next().map { Substring($0) })
            else { continue }
            switch coding {
            case "gzip", "x-gzip": gzip = max(gzip ?? 0, weight)
            case "identity": identity = weight
            case "*": others = weight
            default: break
            }
        }
        let gzipWeight = gzip ?? others ?? 0
        // Unless it is named, or shut out by `*;q=0`, identity is acceptable but wanted least.
        let identityWeight = identity ?? (gzip == nil ? others : nil) ?? 0
        self = gzipWeight > 0 && gzipWeight >= identityWeight ? .gzip : .identity
    }

    /// A weight in thousandths; `nil` when malformed.
    private static func weight(_ parameter: Substring?) -> Int? {
        guard let parameter = parameter?.trimmed else { return 1000 }
        let sides = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, sides[0].trimmed.lowercased() == "q" else { return nil }
        let digits = Array(sides[1].trimmed.utf8)
        // qvalue: 0 or 1, then at most three decimals, zeros after a 1.
        guard let first = digits.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1"), digits.count <= 5
        else { return nil }
        var thousandths = Int(first - UInt8(ascii: "0")) * 1000
        guard digits.count > 1 else { return thousandths }
        guard digits[1] == UInt8(ascii: ".") else { return nil }
        var unit = 100
        for digit in digits.dropFirst(2) {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            thousandths += Int(digit - UInt8(ascii: "0")) * unit
            unit /= 10
        }
        return thousandths <= 1000 ? thousandths : nil
    }
}

extension Substring {
    /// Without the spaces and tabs that HTTP allows around list members.
    var trimmed: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
