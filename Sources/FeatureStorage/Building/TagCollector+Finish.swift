import ByteCoding
import OSMModel

extension TagCollector {
    /// Gives strings and tag sets their final numbers.
    ///
    /// `keysKeptInSets` never become varying: a schema decides on their values. `rolesInUse` are provisional string
    /// numbers, one for each use, of strings that are used beside tags. Cost: linear in the tags plus sorting of the
    /// distinct strings and sets.
    public consuming func finish(keysKeptInSets: [String], rolesInUse: [UInt32]) -> TagTable {
        let isVarying = varyingKeys(except: keysKeptInSets)
        let textRank = ranksByText()
        sortListsByKey(textRank)
        var interner = SetInterner()
        var setOfList: [UInt32] = []
        var varyingEnds: [Int] = []
        var varyingValues: [TagValueCode] = []
        setOfList.reserveCapacity(listEnds.count)
        varyingEnds.reserveCapacity(listEnds.count)
        var stringUses = [UInt32](repeating: 0, count: pool.count)
        for role in rolesInUse { stringUses[Int(role)] &+= 1 }
        var candidate = CodedTags()
        for list in 0..<UInt32(listEnds.count) {
            candidate.keys.removeAll(keepingCapacity: true)
            candidate.values.removeAll(keepingCapacity: true)
            for index in range(list) {
                candidate.keys.append(keys[index])
                if isVarying[Int(keys[index])] {
                    candidate.values.append(.varies)
                    varyingValues.append(values[index])
                    if let string = values[index].string { stringUses[Int(string)] &+= 1 }
                } else {
                    candidate.values.append(values[index])
                }
            }
            varyingEnds.append(varyingValues.count)
            setOfList.append(interner.number(of: candidate))
        }
        for set in interner.sets {
            for key in set.keys { stringUses[Int(key)] &+= 1 }
            for case let string? in set.values.map(\.string) where string != .max { stringUses[Int(string)] &+= 1 }
        }
        // Final string numbers.
        let byUse = (0..<UInt32(pool.count)).sorted {
            (stringUses[Int($1)], textRank[Int($0)]) < (stringUses[Int($0)], textRank[Int($1)])
        }
        var final = [UInt32](repeating: 0, count: pool.count)
        var strings = StringTable()
        strings.reserveCapacity(strings: pool.count, bytes: pool.strings.bytes.count)
        for (number, provisional) in byUse.enumerated() {
            final[Int(provisional)] = UInt32(number)
            strings.append(pool.strings[Int(provisional)])
        }
        var stringOrder = [UInt32](repeating: 0, count: pool.count)
        for provisional in 0..<pool.count { stringOrder[Int(textRank[provisional])] = final[provisional] }
        let finalValue = { (code: TagValueCode) in
            code != .varies && !code.isInteger ? TagValueCode(string: final[Int(code.string ?? 0)]) : code
        }
        // Final set numbers.
        let sets = interner.sets.map { set in
            CodedTags(keys: set.keys.map { final[Int($0)] }, values: set.values.map(finalValue))
        }
        let setOrder = sets.indices.sorted {
            let (left, right) = (interner.uses[$0], interner.uses[$1])
            return left != right ? left > right : sets[$0].precedes(sets[$1])
        }
        var finalSet = [UInt32](repeating: 0, count: sets.count)
        for (number, provisional) in setOrder.enumerated() { finalSet[provisional] = UInt32(number) }
        return TagTable(
            strings: strings, stringOrder: stringOrder, sets: setOrder.map { sets[$0] },
            setOfList: setOfList.map { finalSet[Int($0)] }, varyingEnds: varyingEnds,
            varyingValues: varyingValues.map(finalValue), finalStringNumber: final)
    }

    /// For each string whether it is a key with many distinct values.
    private func varyingKeys(except kept: [String]) -> [Bool] {
        var distinct = [Int32](repeating: 0, count: pool.count)
        var seen = HashSet64()
        for index in keys.indices where distinct[Int(keys[index])] <= TagTable.distinctValueLimit {
            let hash = StringPool.mix(values[index].rawValue &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(keys[index]) << 1)
            if seen.insert(hash) { distinct[Int(keys[index])] += 1 }
        }
        var isVarying = distinct.map { $0 > TagTable.distinctValueLimit }
        for key in kept {
            if let number = number(ofText: key) { isVarying[Int(number)] = false }
        }
        return isVarying
    }

    /// Position of each string in byte order.
    private func ranksByText() -> [UInt32] {
        let order = (0..<UInt32(pool.count)).sorted { pool.strings[Int($0)].precedes(pool.strings[Int($1)]) }
        var ranks = [UInt32](repeating: 0, count: order.count)
        for (rank, number) in order.enumerated() { ranks[Int(number)] = UInt32(rank) }
        return ranks
    }

    /// Orders each list's tags by key text; lists are short, and files mostly have them in order.
    private mutating func sortListsByKey(_ textRank: [UInt32]) {
        for list in 0..<UInt32(listEnds.count) {
            let range = range(list)
            if range.count > 64 {
                let order = range.sorted { textRank[Int(keys[$0])] < textRank[Int(keys[$1])] }
                keys.replaceSubrange(range, with: order.map { keys[$0] })
                values.replaceSubrange(range, with: order.map { values[$0] })
                continue
            }
            for index in range.dropFirst() {
                var place = index
                while place > range.lowerBound, textRank[Int(keys[place])] < textRank[Int(keys[place - 1])] {
                    keys.swapAt(place, place - 1)
                    values.swapAt(place, place - 1)
                    place -= 1
                }
            }
        }
    }
}

extension CodedTags {
    /// An order for equal use counts: by keys, then values.
    fileprivate func precedes(_ other: CodedTags) -> Bool {
        if keys != other.keys { return keys.lexicographicallyPrecedes(other.keys) }
        return values.lexicographicallyPrecedes(other.values)
    }
}

/// Distinct tag sets, numbered as they come.
private struct SetInterner {
    private(set) var sets: [CodedTags] = []
    private(set) var uses: [UInt32] = []
    private var slots = [UInt32](repeating: .max, count: 1 << 12)

    mutating func number(of tags: CodedTags) -> UInt32 {
        if sets.count * 2 >= slots.count { grow() }
        var slot = Int(truncatingIfNeeded: hash(tags)) & (slots.count - 1)
        while slots[slot] != .max {
            if sets[Int(slots[slot])] == tags {
                uses[Int(slots[slot])] += 1
                return slots[slot]
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = UInt32(sets.count)
        sets.append(CodedTags(keys: Array(tags.keys), values: Array(tags.values)))
        uses.append(1)
        return UInt32(sets.count - 1)
    }

    private mutating func grow() {
        slots = [UInt32](repeating: .max, count: slots.count * 2)
        for (number, set) in sets.enumerated() {
            var slot = Int(truncatingIfNeeded: hash(set)) & (slots.count - 1)
            while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(number)
        }
    }

    private func hash(_ tags: CodedTags) -> UInt64 {
        var hash: UInt64 = 0
        for index in tags.keys.indices {
            hash = StringPool.mix(hash ^ UInt64(tags.keys[index]) << 40 ^ tags.values[index].rawValue &+ 1)
        }
        return hash
    }
}

/// A set of 64-bit hashes. Only ever used to count, so a collision costs nothing but one count.
private struct HashSet64 {
    private var slots = [UInt64](repeating: 0, count: 1 << 12)
    private var count = 0

    mutating func insert(_ hash: UInt64) -> Bool {
        let hash = hash == 0 ? 1 : hash
        if count * 2 >= slots.count {
            let old = slots
            slots = [UInt64](repeating: 0, count: old.count * 2)
            count = 0
            for value in old where value != 0 { _ = insert(value) }
        }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] == hash { return false }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = hash
        count += 1
        return true
    }
}
