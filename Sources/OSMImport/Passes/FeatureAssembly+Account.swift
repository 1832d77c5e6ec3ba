extension FeatureAssembly {
    /// Sorts every element that was read into kept, part or unused; repeated and deleted ones are refused.
    mutating func account(_ nodes: ElementCollector.TaggedNodes, _ uses: ElementUses) {
        var hint = NodeLocationIndex.Hint()
        let taggedNodes = ElementLookup(nodes.ids).ascending
        report.kept.nodes = taggedNodes.count
        var taggedAndUsed = 0
        for index in taggedNodes {
            if let position = locator.locations.position(ofNode: nodes.ids[index], hint: &hint),
                uses.nodes.contains(position)
            {
                taggedAndUsed += 1
            }
        }
        report.parts.nodes = uses.nodes.count - taggedAndUsed
        report.unused.nodes = locator.locations.count - report.kept.nodes - report.parts.nodes
        for way in wayLookup.ascending {
            if locator.ways.tagLists[way] != .max {
                report.kept.ways += 1
            } else if uses.ways.contains(locator.ways.ids[way]) {
                report.parts.ways += 1
            } else {
                report.unused.ways += 1
            }
        }
        for relation in relationLookup.ascending {
            if relations.tagLists[relation] != .max {
                report.kept.relations += 1
            } else if uses.relations.contains(relations.ids[relation]) {
                report.parts.relations += 1
            } else {
                report.unused.relations += 1
            }
        }
    }
}

/// Which elements ways and relations use.
struct ElementUses {
    /// Positions in the index of nodes.
    var nodes: BitSet
    /// Those of `nodes` that ways use.
    var wayNodes: BitSet
    var ways: Set<Int64> = []
    var relations: Set<Int64> = []

    init(nodeCount: Int) {
        nodes = BitSet(capacity: nodeCount)
        wayNodes = BitSet(capacity: nodeCount)
    }
}
