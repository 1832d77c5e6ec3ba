import FeatureStorage
import TileSchemas

/// What goes into the store.
extension FeatureAssembly {
    /// Gives tags their final numbers and features their lowest zooms, and lets go of everything that a store does not need.
    consuming func content(schema: TileSchema, metadata: StoreMetadata) -> FeatureStoreContent {
        let relations = relations
        let order = relationLookup.ascending
        let wayNodes = wayNodes()
        let problems = report.problems
        let partRelations = partRelations
        var batches = batches
        let collected = tags
        _ = consume self
        let table = collected.finish(
            keysKeptInSets: schema.decisionKeys,
            rolesInUse: order.flatMap { relations.roles[relations.memberRange($0)] })
        LowestZooms.assign(to: &batches, tags: table, schema: schema)
        return FeatureStoreContent(
            tags: table, batches: batches, wayNodes: wayNodes,
            members: FeatureAssembly.members(relations, order, partRelations, table), problems: problems,
            metadata: metadata)
    }

    /// Node ids of the stored ways, ascending by way id.
    private func wayNodes() -> ReferenceColumn {
        var column = ReferenceColumn()
        for way in wayLookup.ascending {
            let id = locator.ways.ids[way]
            guard locator.ways.tagLists[way] != .max || partWays.contains(id) else { continue }
            column.append(locator.ways.references[locator.ways.referenceBytes(way)])
        }
        return column
    }

    /// Members of the stored relations, ascending by relation id.
    private static func members(
        _ relations: CollectedRelations, _ order: [Int], _ parts: Set<Int>, _ table: TagTable
    ) -> ReferenceColumn {
        var column = ReferenceColumn()
        for relation in order where relations.tagLists[relation] != .max || parts.contains(relation) {
            var encoder = MemberEncoder()
            for member in relations.memberRange(relation) {
                encoder.append(
                    relations.members[member], role: table.finalStringNumber[Int(relations.roles[member])])
            }
            column.append(encoder.bytes[...])
        }
        return column
    }
}
