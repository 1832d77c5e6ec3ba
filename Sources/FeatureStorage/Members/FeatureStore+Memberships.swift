public import OSMModel

extension FeatureStore {
    /// The stored relations that an element is a member of, ascending by relation and then by place in it; a relation that
    /// lists it twice comes twice. Empty for elements that are in none, and for those that the store lacks.
    public func memberships(of element: ElementID) throws(FeatureStoreError) -> [Membership] {
        var memberships: [Membership] = []
        do {
            let ids = try IDSection.Reader(bytes(.ids))
            for (rank, role) in try MembershipSection.find(element, in: bytes(.memberships)) {
                // Only damage gives a rank that is not there.
                guard let relation = try ids.number(.relation, rank: rank) else { continue }
                memberships.append(Membership(relation: relation, role: string(role)))
            }
        } catch { throw damaged(.memberships, error) }
        return memberships
    }
}
