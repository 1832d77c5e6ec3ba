/// A filter's answer about a set of tags of which some values may be open.
public enum TagFilterVerdict: UInt8, Hashable, Sendable {
    case no
    case yes
    /// The answer hangs on a value that each object keeps for itself: ask again with the object's own values.
    case depends

    @inlinable public init(_ matches: Bool) { self = matches ? .yes : .no }

    @inlinable
    public var negated: TagFilterVerdict {
        switch self {
        case .no: .yes
        case .yes: .no
        case .depends: .depends
        }
    }
}

/// A filter with its strings replaced by one dictionary's numbers, so that evaluating it compares integers.
///
/// Strings that the dictionary lacks are settled when binding: nothing can have them. A bound filter is therefore good
/// only for tags coded with that dictionary as it was; a dictionary that grew needs a new binding. Only expressions and
/// comparisons with numbers look texts up.
public struct BoundTagFilter: Sendable {
    enum Operation: UInt8, Sendable {
        case no, yes
        case hasKey, lacksKey
        case valueIn, notValueIn
        case matches, notMatches
        case compares
        case all, any, not
    }

    /// The tree in preorder: a node's operands are the nodes from the next one up to `end`.
    struct Node: Sendable {
        var operation: Operation
        var key: UInt32 = 0
        /// For values: their range in `values`. For an expression or a bound: the index in its table in `first`.
        var first: Int32 = 0
        var last: Int32 = 0
        /// The node after this one's last operand.
        var end: Int32 = 0
    }

    struct Bound: Sendable {
        var comparison: TagFilterComparison
        var number: Double
    }

    var nodes: [Node] = []
    /// Sorted within each node's range.
    var values: [TagValueCode] = []
    var patterns: [TagFilterPattern] = []
    var bounds: [Bound] = []
    let dictionary: any TagDictionary

    init(_ filter: TagFilter, dictionary: some TagDictionary) {
        self.dictionary = dictionary
        append(filter)
    }

    /// Whether objects with these tags match. Cost: a scan of the keys per condition, and for an expression or a
    /// number its text, in time proportional to the text's length times the expression's.
    ///
    /// Each operand is judged by itself (Kleene's strong logic): `[k=a]` or `[k!=a]` gives `.depends` for an open `k`
    /// although every value fulfils it. With all values known the answer is never `.depends`.
    public func evaluate(_ tags: CodedTags) -> TagFilterVerdict { evaluate(0, tags) }

    /// Whether the answer does not hang on the tags at all, for want of strings in the dictionary or of conditions.
    public var constantAnswer: Bool? {
        switch nodes[0].operation {
        case .no: false
        case .yes: true
        default: nil
        }
    }

    private func evaluate(_ index: Int, _ tags: CodedTags) -> TagFilterVerdict {
        let node = nodes[index]
        switch node.operation {
        case .no: return .no
        case .yes: return .yes
        case .hasKey: return TagFilterVerdict(tags.index(ofKey: node.key) != nil)
        case .lacksKey: return TagFilterVerdict(tags.index(ofKey: node.key) == nil)
        case .valueIn, .matches, .compares: return condition(node, tags)
        case .notValueIn, .notMatches: return condition(node, tags).negated
        case .not: return evaluate(index + 1, tags).negated
        case .all: return combine(index, node, tags, decidedBy: .no)
        case .any: return combine(index, node, tags, decidedBy: .yes)
        }
    }

    /// One deciding operand settles it; else one open operand leaves it open.
    private func combine(
        _ index: Int, _ node: Node, _ tags: CodedTags, decidedBy deciding: TagFilterVerdict
    ) -> TagFilterVerdict {
        var result = deciding.negated
        var operand = index + 1
        while operand < Int(node.end) {
            let verdict = evaluate(operand, tags)
            if verdict == deciding { return deciding }
            if verdict == .depends { result = .depends }
            operand = Int(nodes[operand].end)
        }
        return result
    }

    /// The positive form of a condition on one key's value.
    private func condition(_ node: Node, _ tags: CodedTags) -> TagFilterVerdict {
        guard let index = tags.index(ofKey: node.key) else { return .no }
        let value = tags.values[index]
        if value == .varies { return .depends }
        switch node.operation {
        case .valueIn, .notValueIn: return TagFilterVerdict(contains(value, node))
        case .matches, .notMatches:
            return TagFilterVerdict(patterns[Int(node.first)].isFound(in: dictionary.valueText(value)))
        default:
            let bound = bounds[Int(node.first)]
            let number = value.integer.map { Double($0) } ?? TagFilterNumber.value(of: dictionary.valueText(value))
            return TagFilterVerdict(number.map { bound.comparison.holds($0, bound.number) } ?? false)
        }
    }

    private func contains(_ value: TagValueCode, _ node: Node) -> Bool {
        var low = Int(node.first)
        var high = Int(node.last)
        while high - low > 4 {
            let middle = (low + high) / 2
            if values[middle] <= value { low = middle } else { high = middle }
        }
        while low < high {
            if values[low] == value { return true }
            low += 1
        }
        return false
    }
}

extension BoundTagFilter {
    private mutating func append(_ filter: TagFilter) {
        let index = nodes.count
        switch filter {
        case .hasKey(let key): appendKey(key, .hasKey, absent: .no)
        case .lacksKey(let key): appendKey(key, .lacksKey, absent: .yes)
        case .valueIn(let key, let texts): appendValues(key, texts, .valueIn, nobody: .no)
        case .notValueIn(let key, let texts): appendValues(key, texts, .notValueIn, nobody: .yes)
        case .matches(let key, let pattern):
            appendKey(key, .matches, first: patterns.count, absent: .no)
            patterns.append(pattern)
        case .notMatches(let key, let pattern):
            appendKey(key, .notMatches, first: patterns.count, absent: .yes)
            patterns.append(pattern)
        case .compares(let key, let comparison, let number):
            appendKey(key, .compares, first: bounds.count, absent: .no)
            bounds.append(Bound(comparison: comparison, number: number))
        case .all(let filters): appendGroup(.all, filters, decidedBy: .no, otherwise: .yes)
        case .any(let filters): appendGroup(.any, filters, decidedBy: .yes, otherwise: .no)
        case .not(let operand):
            nodes.append(Node(operation: .not))
            append(operand)
            settle(index, ifOperandIs: .yes, to: .no)
            settle(index, ifOperandIs: .no, to: .yes)
        }
        nodes[index].end = Int32(nodes.count)
    }

    private mutating func appendKey(_ key: String, _ operation: Operation, first: Int = 0, absent: Operation) {
        guard let number = dictionary.stringNumber(key) else { return nodes.append(Node(operation: absent)) }
        nodes.append(Node(operation: operation, key: number, first: Int32(first)))
    }

    private mutating func appendValues(_ key: String, _ texts: [String], _ operation: Operation, nobody: Operation) {
        var codes = texts.compactMap(dictionary.valueCode)
        codes.sort()
        guard let number = dictionary.stringNumber(key), !codes.isEmpty else {
            return nodes.append(Node(operation: nobody))
        }
        let first = Int32(values.count)
        values += codes
        nodes.append(Node(operation: operation, key: number, first: first, last: Int32(values.count)))
    }

    /// Operands that are settled already are dropped, or settle the whole.
    private mutating func appendGroup(
        _ operation: Operation, _ filters: [TagFilter], decidedBy deciding: Operation, otherwise: Operation
    ) {
        let index = nodes.count
        nodes.append(Node(operation: operation))
        for filter in filters {
            let operand = nodes.count
            append(filter)
            if nodes[operand].operation == deciding {
                nodes.removeSubrange(index...)
                return nodes.append(Node(operation: deciding))
            }
            if nodes[operand].operation == otherwise { nodes.removeSubrange(operand...) }
        }
        if nodes.count == index + 1 { nodes[index].operation = otherwise }
    }

    private mutating func settle(_ index: Int, ifOperandIs operand: Operation, to answer: Operation) {
        guard index + 1 < nodes.count, nodes[index + 1].operation == operand else { return }
        nodes.removeSubrange((index + 1)...)
        nodes[index].operation = answer
    }
}

extension TagFilter {
    /// The filter in a dictionary's numbers. Cost: one look-up per string.
    public func bind(to dictionary: some TagDictionary) -> BoundTagFilter {
        BoundTagFilter(self, dictionary: dictionary)
    }
}
