import ByteCoding
public import OSMModel
import PlanarGeometry

extension FeatureStore: TagDictionary {
    /// The record with that number, below `recordCount`.
    @_lifetime(borrow self)
    public func feature(_ number: Int) throws(FeatureStoreError) -> FeatureView {
        do {
            let blobs = featureBlobs.reader(bytes(.features))
            var header = try blobs.groupHeader(ofBlob: number)
            let base = WorldPoint(x: try header.uint32(), y: try header.uint32())
            return try unsafe _overrideLifetime(FeatureView(try blobs.blob(number), base: base), borrowing: self)
        } catch { throw damaged(.features, error) }
    }

    /// Number of distinct tag sets, the empty one of untagged parts (number 0) included.
    public var tagSetCount: Int { setBlobs.count + 1 }

    /// A tag set; `varies` stands where each feature has a value of its own.
    public func tagSet(_ number: Int) throws(FeatureStoreError) -> CodedTags {
        if number == 0 { return CodedTags() }
        guard number > 0, number < tagSetCount else {
            throw .damaged(path: path, section: .features, reason: "no tag set has number \(number)")
        }
        do { return try TagSetCoding.decode(setBlobs.reader(bytes(.tagSets)).blob(number - 1)) } catch {
            throw damaged(.tagSets, error)
        }
    }

    /// How many values the features of a set keep for themselves.
    public func varyingCount(ofSet number: Int) throws(FeatureStoreError) -> Int { try tagSet(number).varyingCount }

    /// A feature's tags, every value filled in.
    public func tags(of feature: borrowing FeatureView) throws(FeatureStoreError) -> CodedTags {
        try tags(of: feature, in: tagSet(feature.tagSet))
    }

    /// The same for whoever has read its tag set.
    public func tags(of feature: borrowing FeatureView, in set: CodedTags) throws(FeatureStoreError) -> CodedTags {
        var varying: [TagValueCode] = []
        do { try feature.appendVaryingValues(count: set.varyingCount, to: &varying) } catch {
            throw damaged(.features, error)
        }
        return set.filled(with: varying)
    }

    public func string(_ number: UInt32) -> String {
        (try? stringBlobs.reader(bytes(.strings)).blob(Int(number)).toString()) ?? ""
    }

    /// A string's bytes as the OSM file had them; empty for a number that does not exist.
    @_lifetime(borrow self)
    public func stringBytes(_ number: UInt32) -> RawSpan {
        let section = bytes(.strings)
        do {
            return unsafe _overrideLifetime(try stringBlobs.reader(section).blob(Int(number)), borrowing: self)
        } catch { return section.extracting(0..<0) }
    }

    public func stringNumber(_ text: String) -> UInt32? {
        let utf8 = Array(text.utf8)
        let order = bytes(.stringOrder)
        let strings = stringBlobs.reader(bytes(.strings))
        func number(_ rank: Int) -> UInt32? {
            var cursor = ByteCursor(order, at: rank * 4)
            return try? cursor.uint32()
        }
        func compare(_ rank: Int) -> (precedes: Bool, equals: Bool)? {
            guard let number = number(rank), let text = try? strings.blob(Int(number)) else { return nil }
            return (text.precedes(utf8.byteSpan), text.hasSameBytes(as: utf8.byteSpan))
        }
        var low = 0
        var high = order.byteCount / 4
        while low < high {
            let middle = (low + high) / 2
            guard let found = compare(middle) else { return nil }
            if found.precedes { low = middle + 1 } else { high = middle }
        }
        guard low < order.byteCount / 4, compare(low)?.equals == true else { return nil }
        return number(low)
    }

    /// The record of an element, and its rank among those of its kind; parts count too. `nil` when it is not there.
    func entry(_ element: ElementID) throws(FeatureStoreError) -> (rank: Int, number: Int)? {
        do {
            guard let found = try IDSection.Reader(bytes(.ids)).find(element), found.feature < recordCount else {
                return nil
            }
            return (found.rank, found.feature)
        } catch { throw damaged(.ids, error) }
    }

    /// The number of the feature that is this element; `nil` when there is none.
    public func featureNumber(of element: ElementID) throws(FeatureStoreError) -> Int? {
        guard let number = try entry(element)?.number, !(try feature(number).isPart) else { return nil }
        return number
    }

    /// The node ids of a way, in order; `nil` when the store lacks the way.
    public func nodeReferences(ofWay way: Int64) throws(FeatureStoreError) -> [Int64]? {
        guard let rank = try entry(ElementID(.way, way))?.rank else { return nil }
        do {
            return try ReferenceCoding.nodeReferences(try GroupedBlobs.Reader(bytes(.wayNodes)).blob(rank))
        } catch { throw damaged(.wayNodes, error) }
    }

    /// What the import found odd, ascending. Reads the whole section.
    public func problems() throws(FeatureStoreError) -> [MapProblem] {
        do { return try ProblemCoding.decode(bytes(.problems)) } catch { throw damaged(.problems, error) }
    }

    /// How many problems there are. Constant time.
    public func problemCount() throws(FeatureStoreError) -> Int {
        do {
            var cursor = ByteCursor(bytes(.problems))
            return Int(clamping: try cursor.varint())
        } catch { throw damaged(.problems, error) }
    }

    /// The members of a relation, in order, present or not; `nil` when the store lacks the relation.
    public func members(ofRelation relation: Int64) throws(FeatureStoreError) -> [RelationMember]? {
        guard let rank = try entry(ElementID(.relation, relation))?.rank else { return nil }
        var members: [RelationMember] = []
        do {
            try ReferenceCoding.members(try GroupedBlobs.Reader(bytes(.members)).blob(rank)) { element, role in
                members.append(RelationMember(element: element, role: string(role)))
            }
        } catch { throw damaged(.members, error) }
        return members
    }
}
