import ByteCoding
public import OSMModel

extension FeatureStore {
    /// A member with its role as a string number.
    struct CodedMember {
        var element: ElementID
        var role: UInt32
    }

    /// Everything that a relation reaches, each element once, in the order in which a reader of the member lists comes
    /// across it: members, and where those are relations, their members after them, at any depth. Members of
    /// multipolygons' and boundaries' member relations are left out (`RelationKind`). The relation itself is in only as a
    /// member of another. Elements that the file lacks are in; empty when the store lacks the relation.
    ///
    /// Each relation's members are read once, so the cost is linear in what is reached, cycles or not.
    public func reachedMembers(ofRelation relation: Int64) throws(FeatureStoreError) -> [ElementID] {
        var seen: Set<ElementID> = []
        var reached: [ElementID] = []
        try walkMembers(ofRelation: relation) { member in
            if seen.insert(member.element).inserted { reached.append(member.element) }
            return true
        }
        return reached
    }

    /// Calls `body` with each member of the relation and of those it reaches, as often as it is listed. What `body` returns
    /// says, of a relation, whether to go on with its members, unless that has been done.
    func walkMembers(
        ofRelation relation: Int64, _ body: (CodedMember) throws(FeatureStoreError) -> Bool
    ) throws(FeatureStoreError) {
        // A stack of its own: nesting can be deeper than a thread's stack.
        var stack: [(members: [CodedMember], next: Int)] = []
        var entered: Set<Int64> = [relation]
        if let members = try codedMembers(ofRelation: relation) { stack.append((members, 0)) }
        var follows = [try relationKind(ofRelation: relation).followsRelations]
        while let top = stack.indices.last {
            guard stack[top].next < stack[top].members.count else {
                stack.removeLast()
                follows.removeLast()
                continue
            }
            let member = stack[top].members[stack[top].next]
            stack[top].next += 1
            let enters = try body(member)
            guard enters, member.element.kind == .relation, follows[top],
                entered.insert(member.element.number).inserted,
                let members = try codedMembers(ofRelation: member.element.number)
            else { continue }
            stack.append((members, 0))
            follows.append(try relationKind(ofRelation: member.element.number).followsRelations)
        }
    }

    /// What the `type` of a stored relation says.
    func relationKind(ofRelation relation: Int64) throws(FeatureStoreError) -> RelationKind {
        guard let number = try entry(ElementID(.relation, relation))?.number else { return .collection }
        return try relationKind(of: try feature(number))
    }

    func relationKind(of feature: borrowing FeatureView) throws(FeatureStoreError) -> RelationKind {
        guard let key = stringNumber("type") else { return .collection }
        let tags = try tags(of: feature)
        return RelationKind(type: tags.index(ofKey: key).map { valueText(tags.values[$0]) })
    }

    private func codedMembers(ofRelation relation: Int64) throws(FeatureStoreError) -> [CodedMember]? {
        guard let rank = try entry(ElementID(.relation, relation))?.rank else { return nil }
        var members: [CodedMember] = []
        do {
            try ReferenceCoding.members(try GroupedBlobs.Reader(bytes(.members)).blob(rank)) { element, role in
                members.append(CodedMember(element: element, role: role))
            }
        } catch { throw damaged(.members, error) }
        return members
    }
}
