/// Finds elements by id among those in file order; of equal ids the last one counts, and none when that is a deletion.
struct ElementLookup: Sendable {
    /// Where each is in file order, by ascending id; `nil` when file order is that already.
    private let order: [UInt32]?
    private let ids: [Int64]
    /// Indexes in file order of elements whose id comes again later, if only to say that it is deleted.
    let repeated: [Int]

    /// `deletions` tells for an id behind how many elements it was deleted last.
    init(_ ids: [Int64], deletions: [Int64: Int] = [:]) {
        self.ids = ids
        func isDeleted(_ index: Int) -> Bool { deletions[ids[index]].map { $0 > index } ?? false }
        let isAscending = zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }
        if isAscending, deletions.isEmpty || !ids.indices.contains(where: isDeleted) {
            order = nil
            repeated = []
            return
        }
        let sorted = (0..<UInt32(ids.count)).sorted { (ids[Int($0)], $0) < (ids[Int($1)], $1) }
        var kept: [UInt32] = []
        var dropped: [Int] = []
        for (rank, index) in sorted.enumerated() {
            let comesAgain = rank + 1 < sorted.count && ids[Int(sorted[rank + 1])] == ids[Int(index)]
            if comesAgain || !deletions.isEmpty && isDeleted(Int(index)) {
                dropped.append(Int(index))
            } else {
                kept.append(index)
            }
        }
        order = kept
        repeated = dropped
    }

    /// Indexes in file order, by ascending id, without repeated ones.
    var ascending: [Int] { order?.map { Int($0) } ?? Array(ids.indices) }

    /// Index in file order; `nil` when there is no such id.
    func index(of id: Int64) -> Int? {
        let count = order?.count ?? ids.count
        let rank = (0..<count).partitioningIndex { ids[place($0)] >= id }
        return rank < count && ids[place(rank)] == id ? place(rank) : nil
    }

    private func place(_ rank: Int) -> Int { order.map { Int($0[rank]) } ?? rank }
}
