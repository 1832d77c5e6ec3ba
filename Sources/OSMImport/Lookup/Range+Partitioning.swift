extension Range where Bound == Int {
    /// The first index that fulfils a condition which holds from there on; the upper bound when none does. By bisection.
    @inline(__always)
    func partitioningIndex(where belongsToSecond: (Int) -> Bool) -> Int {
        var low = lowerBound
        var high = upperBound
        while low < high {
            let middle = (low + high) / 2
            if belongsToSecond(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
