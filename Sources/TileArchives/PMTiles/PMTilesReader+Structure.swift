extension PMTilesReader {
    /// What is wrong with the archive beside its tiles: the counts, zooms and the order that its header states. Throws where
    /// reading ends. Cost: one walk over the directories and tiles.
    public func structureFaults() throws -> [String] {
        var faults: [String] = []
        var addressed: UInt64 = 0
        var entries: UInt64 = 0
        var zooms: ClosedRange<UInt8>?
        var offsets: Set<UInt64> = []
        var expected: UInt64 = 0
        var isClustered = true
        try forEachEntry { entry, first, last in
            addressed += UInt64(entry.runLength)
            entries += 1
            zooms = zooms.map { min($0.lowerBound, first)...max($0.upperBound, last) } ?? first...last
            if offsets.insert(entry.offset).inserted {
                if entry.offset != expected { isClustered = false }
                expected = entry.offset + UInt64(entry.length)
            }
        }
        func compare(_ what: String, _ stated: UInt64, _ found: UInt64) {
            // 0 means that the writer did not count.
            if stated != 0, stated != found { faults.append("the header states \(stated) \(what), found \(found)") }
        }
        compare("addressed tiles", header.addressedTiles, addressed)
        compare("tile entries", header.entries, entries)
        compare("tile contents", header.contents, UInt64(offsets.count))
        if header.isClustered, !isClustered {
            faults.append("the header says clustered, but tiles do not lie in the order of their ids")
        }
        if let zooms, zooms.lowerBound != header.minZoom || zooms.upperBound != header.maxZoom {
            faults.append(
                "the header states zooms \(header.minZoom) to \(header.maxZoom), found \(zooms.lowerBound) to "
                    + "\(zooms.upperBound)")
        }
        if entries == 0 { faults.append("there is no tile") }
        return faults
    }
}
