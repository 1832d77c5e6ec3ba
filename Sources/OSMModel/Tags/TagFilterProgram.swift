/// A regular expression as a machine that is in several states at once (Thompson 1968, "Regular expression search
/// algorithm", doi 10.1145/363347.363387). Each scalar of the text is looked at once per state.
struct TagFilterProgram: Sendable {
    enum State: Sendable {
        case scalar(Unicode.Scalar)
        case anything
        /// An index into `sets`.
        case set(Int)
        case assertion(TagFilterAssertion)
        case split(Int, Int)
        case jump(Int)
        case found
    }

    private(set) var states: [State] = []
    private(set) var sets: [TagFilterScalarSet] = []
    private let ignoresCase: Bool
    private let stateLimit: Int

    /// `nil` when the machine would have more states than the limit.
    init?(_ expression: TagFilterExpression, ignoringCase: Bool, stateLimit: Int) {
        ignoresCase = ignoringCase
        self.stateLimit = stateLimit
        guard append(expression) else { return nil }
        states.append(.found)
    }

    /// States that recognise the expression and fall through to the next; false when there are too many.
    private mutating func append(_ expression: TagFilterExpression) -> Bool {
        if states.count > stateLimit { return false }
        switch expression {
        case .empty: break
        case .scalar(let scalar): states.append(.scalar(ignoresCase ? Self.lowercase(scalar) : scalar))
        case .anything: states.append(.anything)
        case .set(let set):
            states.append(.set(sets.count))
            sets.append(set)
        case .assertion(let assertion): states.append(.assertion(assertion))
        case .sequence(let parts): for part in parts where !append(part) { return false }
        case .alternatives(let branches): return append(alternatives: branches)
        case .repeated(let part, let least, let most): return append(part, least: least, most: most)
        }
        return states.count <= stateLimit
    }

    private mutating func append(alternatives branches: [TagFilterExpression]) -> Bool {
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
            let isLast = index == branches.count - 1
            let split = states.count
            if !isLast { states.append(.jump(0)) }
            if !append(branch) { return false }
            if isLast { break }
            exits.append(states.count)
            states.append(.jump(0))
            states[split] = .split(split + 1, states.count)
        }
        for exit in exits { states[exit] = .jump(states.count) }
        return true
    }

    private mutating func append(_ part: TagFilterExpression, least: Int, most: Int?) -> Bool {
        for _ in 0..<least {
            let count = states.count
            if !append(part) { return false }
            // Nothing, a thousand times, a thousand times ...
            if states.count == count { break }
        }
        guard let most else {
            let split = states.count
            states.append(.jump(0))
            if !append(part) { return false }
            states.append(.jump(split))
            states[split] = .split(split + 1, states.count)
            return true
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(states.count)
            states.append(.jump(0))
            if !append(part) { return false }
        }
        for split in splits { states[split] = .split(split + 1, states.count) }
        return true
    }

    // MARK: Matching

    func isFound(in text: String.UnicodeScalarView) -> Bool {
        var search = Search(stateCount: states.count)
        var previous: Unicode.Scalar?
        var iterator = text.makeIterator()
        var next = iterator.next()
        while true {
            search.step += 1
            // The states that the scalar before led to, and a fresh start: the match may begin anywhere.
            for state in search.reached where enter(state, between: previous, and: next, &search) { return true }
            if enter(0, between: previous, and: next, &search) { return true }
            guard let scalar = next else { return false }
            let folded = ignoresCase ? Self.lowercase(scalar) : scalar
            search.reached.removeAll(keepingCapacity: true)
            for state in search.waiting where accepts(state, scalar, folded) { search.reached.append(state + 1) }
            search.waiting.removeAll(keepingCapacity: true)
            previous = scalar
            next = iterator.next()
        }
    }

    private struct Search {
        /// States to enter before the next scalar.
        var reached: [Int] = []
        /// States that wait for the next scalar.
        var waiting: [Int] = []
        var pending: [Int] = []
        /// The step in which a state was entered last.
        var entered: [Int]
        var step = 0

        init(stateCount: Int) { entered = [Int](repeating: 0, count: stateCount) }
    }

    /// Follows everything that takes no scalar; true when that finds the end of the expression.
    private func enter(
        _ state: Int, between previous: Unicode.Scalar?, and next: Unicode.Scalar?, _ search: inout Search
    ) -> Bool {
        search.pending.append(state)
        while let state = search.pending.popLast() {
            if search.entered[state] == search.step { continue }
            search.entered[state] = search.step
            switch states[state] {
            case .found: return true
            case .jump(let target): search.pending.append(target)
            case .split(let first, let second):
                search.pending.append(first)
                search.pending.append(second)
            case .assertion(let assertion):
                if Self.holds(assertion, between: previous, and: next) { search.pending.append(state + 1) }
            case .scalar, .anything, .set: search.waiting.append(state)
            }
        }
        return false
    }

    private func accepts(_ state: Int, _ scalar: Unicode.Scalar, _ folded: Unicode.Scalar) -> Bool {
        switch states[state] {
        case .scalar(let wanted): wanted == folded
        case .anything: true
        case .set(let index): contains(sets[index], scalar, folded)
        default: false
        }
    }

    /// Ignoring case, a set has a scalar if it lists it in any case, and a negated set if it lists it in none.
    private func contains(_ set: TagFilterScalarSet, _ scalar: Unicode.Scalar, _ folded: Unicode.Scalar) -> Bool {
        if !ignoresCase { return set.contains(scalar) }
        let upper = Self.single(scalar.properties.uppercaseMapping, else: scalar)
        if set.isNegated { return set.contains(scalar) && set.contains(folded) && set.contains(upper) }
        return set.contains(scalar) || set.contains(folded) || set.contains(upper)
    }

    private static func holds(
        _ assertion: TagFilterAssertion, between previous: Unicode.Scalar?, and next: Unicode.Scalar?
    ) -> Bool {
        let wordBefore = previous.map { TagFilterScalarSet.isMember($0, of: .word) } ?? false
        let wordAfter = next.map { TagFilterScalarSet.isMember($0, of: .word) } ?? false
        return switch assertion {
        case .start: previous == nil
        case .end: next == nil
        case .wordBoundary: wordBefore != wordAfter
        case .noWordBoundary: wordBefore == wordAfter
        }
    }

    static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            let isCapital = scalar.value >= 0x41 && scalar.value <= 0x5a
            return isCapital ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar
        }
        return single(scalar.properties.lowercaseMapping, else: scalar)
    }

    /// The mapping if it is one scalar, as nearly all are.
    private static func single(_ mapping: String, else scalar: Unicode.Scalar) -> Unicode.Scalar {
        let scalars = mapping.unicodeScalars
        return scalars.count == 1 ? scalars.first ?? scalar : scalar
    }
}
