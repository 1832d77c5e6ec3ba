import OSMModel

/// Which relations have which as members: edges as columns, by index in file order.
struct RelationGraph: Sendable {
    let count: Int
    /// For each relation the index after its last member relation.
    private var childEnds: [Int] = []
    private var children: [UInt32] = []

    /// Edges from relations to their member relations, in member order. A relation that comes twice in the file is reached
    /// as its last one.
    /// - Parameter follows: whether there is an edge, by the relation's index and that of the member in
    ///   `CollectedRelations.members`.
    init(
        _ relations: CollectedRelations, _ lookup: ElementLookup, follows: (_ relation: Int, _ member: Int) -> Bool
    ) {
        count = relations.ids.count
        childEnds.reserveCapacity(count)
        for relation in relations.ids.indices {
            for member in relations.memberRange(relation) where relations.members[member].kind == .relation {
                guard let child = lookup.index(of: relations.members[member].number), follows(relation, member) else {
                    continue
                }
                children.append(UInt32(child))
            }
            childEnds.append(children.count)
        }
    }

    init(children lists: [[Int]]) {
        count = lists.count
        for list in lists {
            children += list.map { UInt32($0) }
            childEnds.append(children.count)
        }
    }

    func children(of relation: Int) -> ArraySlice<UInt32> {
        children[(relation == 0 ? 0 : childEnds[relation - 1])..<childEnds[relation]]
    }

    var hasEdges: Bool { !children.isEmpty }

    /// All that is reached from `roots`, themselves included only when an edge leads to them. Linear.
    func reached(from roots: some Sequence<Int>) -> BitSet {
        var reached = BitSet(capacity: count)
        var waiting: [Int] = []
        for root in roots {
            waiting.append(root)
            while let relation = waiting.popLast() {
                for child in children(of: relation) where !reached.contains(Int(child)) {
                    reached.insert(Int(child))
                    waiting.append(Int(child))
                }
            }
        }
        return reached
    }

    /// Relations that reach each other, taken together (the strongly connected components; Tarjan 1972), each component
    /// after all others that it reaches. Without recursion, so that depth is bounded by memory alone. Linear.
    func components() -> [ArraySlice<UInt32>] {
        var order: [UInt32] = []
        order.reserveCapacity(count)
        var ends: [Int] = []
        // Numbers from 1 in the order of discovery; 0 for what has not been seen.
        var number = [UInt32](repeating: 0, count: count)
        var low = [UInt32](repeating: 0, count: count)
        var isOpen = BitSet(capacity: count)
        var open: [UInt32] = []
        var path: [(relation: Int, next: Int)] = []
        var last: UInt32 = 0
        func begin(_ relation: Int) {
            last += 1
            number[relation] = last
            low[relation] = last
            open.append(UInt32(relation))
            isOpen.insert(relation)
            path.append((relation, children(of: relation).startIndex))
        }
        for root in 0..<count where number[root] == 0 {
            begin(root)
            while let (relation, next) = path.last {
                if next < children(of: relation).endIndex {
                    path[path.count - 1].next += 1
                    let child = Int(children[next])
                    if number[child] == 0 {
                        begin(child)
                    } else if isOpen.contains(child) {
                        low[relation] = min(low[relation], number[child])
                    }
                    continue
                }
                path.removeLast()
                if let parent = path.last?.relation { low[parent] = min(low[parent], low[relation]) }
                guard low[relation] == number[relation] else { continue }
                while let member = open.popLast() {
                    isOpen.remove(Int(member))
                    order.append(member)
                    if Int(member) == relation { break }
                }
                ends.append(order.count)
            }
        }
        var start = 0
        return ends.map { end in
            defer { start = end }
            return order[start..<end]
        }
    }
}
