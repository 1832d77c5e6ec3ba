public import OSMModel

extension QueryBox {
    /// Reads `west,south,east,north` in degrees.
    public init(parsing text: some StringProtocol) throws(FeatureQueryError) {
        let numbers: [Double]
        switch DegreeList.read(text, count: 4) {
        case .success(let found): numbers = found
        case .failure(let failure): throw .badBox(found: String(text), problem: failure.problem)
        }
        do throws(FeatureQueryError) {
            try self.init(west: numbers[0], south: numbers[1], east: numbers[2], north: numbers[3])
        } catch {
            // The text as it was written, not as it was understood.
            guard case .badBox(_, let problem) = error else { throw error }
            throw .badBox(found: String(text), problem: problem)
        }
    }
}

extension QueryPlace {
    /// Reads `longitude,latitude` in degrees.
    public init(parsing text: some StringProtocol, maximumDistance: Double? = nil) throws(FeatureQueryError) {
        let numbers: [Double]
        switch DegreeList.read(text, count: 2) {
        case .success(let found): numbers = found
        case .failure(let failure): throw .badPlace(found: String(text), problem: failure.problem)
        }
        do throws(FeatureQueryError) {
            try self.init(longitude: numbers[0], latitude: numbers[1], maximumDistance: maximumDistance)
        } catch {
            guard case .badPlace(_, let problem) = error else { throw error }
            throw .badPlace(found: String(text), problem: problem)
        }
    }
}

extension FeatureQuery {
    /// Reads metres, zero or more.
    public static func distance(parsing text: some StringProtocol) throws(FeatureQueryError) -> Double {
        guard let number = DegreeList.number(text), number >= 0 else { throw .badDistance(found: String(text)) }
        return number
    }

    /// Reads a whole number, zero or more.
    public static func limit(parsing text: some StringProtocol) throws(FeatureQueryError) -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let number = Int(text) else {
            throw .badLimit(found: String(text))
        }
        return number
    }

    /// Reads a relation's id, `r9`.
    public static func relation(parsing text: some StringProtocol) throws(FeatureQueryError) -> ElementID {
        guard let id = ElementID(String(text).withoutOuterSpaces), id.kind == .relation else {
            throw .badRelation(found: String(text))
        }
        return id
    }

    /// Reads ids between commas, `n17,w4`.
    public static func ids(parsing text: some StringProtocol) throws(FeatureQueryError) -> [ElementID] {
        var ids: [ElementID] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let id = ElementID(String(part).withoutOuterSpaces) else { throw .badID(found: String(part)) }
            ids.append(id)
        }
        return ids
    }
}

/// Numbers between commas.
enum DegreeList {
    struct Failure: Error { var problem: String }

    static func read(_ text: some StringProtocol, count: Int) -> Result<[Double], Failure> {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == count else {
            let found = parts.count == 1 && text.isEmpty ? "nothing" : "\(parts.count) of \(count) numbers"
            return .failure(Failure(problem: "found \(found)"))
        }
        var numbers: [Double] = []
        for part in parts {
            guard let number = number(part) else { return .failure(Failure(problem: "'\(part)' is no number")) }
            numbers.append(number)
        }
        return .success(numbers)
    }

    /// A finite decimal number; nothing of what else Swift reads as one (`nan`, `0x1p3`).
    static func number(_ text: some StringProtocol) -> Double? {
        let text = String(text).withoutOuterSpaces
        let isDecimal = text.utf8.allSatisfy {
            ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2b || $0 == 0x2d || $0 == 0x2e || $0 == 0x65 || $0 == 0x45
        }
        guard isDecimal, let number = Double(text), number.isFinite else { return nil }
        return number
    }
}

extension String {
    /// Without spaces and tabs at both ends.
    var withoutOuterSpaces: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        let tail = drop(while: isSpace)
        guard let last = tail.lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(tail[...last])
    }
}
