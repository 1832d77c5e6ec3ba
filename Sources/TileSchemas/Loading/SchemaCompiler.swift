import OSMModel

/// From the tree of a schema file to a schema and its examples. `Sources/TileSchemas/README.md` describes the language.
struct SchemaCompiler {
    var reader = SchemaReader()
    private(set) var schema = TileSchema(name: "", version: "", summary: "", layers: [])
    private(set) var examples: [SchemaExample] = []
    /// Where each layer and each of its rules stands.
    private var layerNodes: [SchemaNode] = []
    private var ruleNodes: [[SchemaNode]] = []

    static let languageVersion = 1
    static let zoomLimit = 14

    init(_ root: SchemaNode) {
        let known = [
            "tuile-schema", "name", "version", "summary", "attribution", "zooms", "languages", "shared", "layers",
            "examples",
        ]
        guard let fields = reader.fields(of: root, "a schema", known: known) else { return }
        if let version = fields["tuile-schema"] {
            _ = reader.integer(version, "the version of the schema language", in: 1...SchemaCompiler.languageVersion)
        } else {
            reader.report(root, "the key \"tuile-schema\" is missing, expected \"tuile-schema: 1\"")
        }
        for name in ["name", "layers"] where fields[name] == nil {
            reader.report(root, "the key \"\(name)\" is missing")
        }
        if let name = fields["name"].flatMap({ reader.text($0, "a name") }) { schema.name = name }
        schema.version = fields["version"].flatMap { reader.text($0, "a version") } ?? "1"
        schema.summary = fields["summary"].flatMap { reader.text($0, "a sentence") } ?? schema.name
        schema.attribution = fields["attribution"].flatMap { reader.text($0, "an attribution") }
        if let zooms = fields["zooms"].flatMap({ zoomRange($0) }) { schema.zooms = zooms }
        schema.languages = []
        if let node = fields["languages"] {
            for item in reader.items(of: node, "languages") ?? [] {
                guard let language = reader.text(item, "a language") else { continue }
                if TileSchema.isLanguage(language) {
                    schema.languages.append(language)
                } else {
                    reader.report(item, "found \(item.kind), expected a language tag such as en or zh-Hant")
                }
            }
        }
        if let node = fields["layers"] {
            for item in reader.items(of: node, "layers") ?? [] { addLayer(item) }
        }
        if let node = fields["examples"] {
            for item in reader.items(of: node, "examples") ?? [] {
                if let example = SchemaExample(item, schema, &reader) { examples.append(example) }
            }
        }
        if reader.diagnostics.isEmpty { for problem in schema.problems { report(problem, root) } }
    }

    /// `4` or `4-14`.
    mutating func zoomRange(_ node: SchemaNode) -> ClosedRange<Int>? {
        let parts = (node.scalar ?? "").split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        if (1...2).contains(parts.count), let low = parts[0], let high = parts[parts.count - 1], low <= high, low >= 0,
            high <= SchemaCompiler.zoomLimit
        {
            return low...high
        }
        reader.report(node, "found \(node.kind), expected zooms within 0-\(SchemaCompiler.zoomLimit), as 4-14")
        return nil
    }

    private mutating func addLayer(_ node: SchemaNode) {
        let known = [
            "id", "summary", "geometry", "buffer", "names", "ids", "finer-by-zooms", "join-lines-below",
            "join-polygons-below", "grid", "smallest", "select", "order", "attributes", "rules",
        ]
        guard let fields = reader.fields(of: node, "a layer", known: known) else { return }
        var layer = TileLayer(id: "", summary: "", geometry: .polygon, rules: [])
        if let id = fields["id"] {
            layer.id = reader.text(id, "the layer's name") ?? ""
        } else {
            reader.report(node, "the layer has no \"id\"")
        }
        if let summary = fields["summary"] { layer.summary = reader.text(summary, "a sentence") ?? "" }
        if let geometry = fields["geometry"] {
            layer.geometry = reader.word(geometry, "a geometry") ?? .polygon
        } else {
            reader.report(node, "the layer has no \"geometry\", expected point, line or polygon")
        }
        if let buffer = fields["buffer"] { layer.buffer = reader.integer(buffer, "a buffer", in: 0...2048) ?? 64 }
        if let names = fields["names"] { layer.hasNames = reader.boolean(names, "names") ?? false }
        if let ids = fields["ids"] { layer.hasIDs = reader.boolean(ids, "ids") ?? true }
        if let finer = fields["finer-by-zooms"] {
            layer.detail.finerByZooms = reader.integer(finer, "zooms", in: -4...14) ?? 0
        }
        if let joins = fields["join-lines-below"] {
            layer.detail.joinsLinesBelowZoom = reader.integer(joins, "a zoom", in: 0...15) ?? 0
        }
        if let joins = fields["join-polygons-below"] {
            layer.detail.joinsPolygonsBelowZoom = reader.integer(joins, "a zoom", in: 0...15) ?? 0
        }
        if let grid = fields["grid"] { layer.detail.pointGrid = pointGrid(grid) }
        if let smallest = fields["smallest"] { layer.detail.smallest = sizeLimit(smallest) }
        if let order = fields["order"] { layer.order = self.order(order) }
        if let attributes = fields["attributes"] { layer.attributes = self.attributes(attributes) }
        var defaults = RuleDefaults(layer.geometry, schema.zooms)
        if let select = fields["select"] { defaults.conditions = reader.filter(select).map { [$0] } ?? [] }
        ruleNodes.append([])
        layerNodes.append(node)
        if let rules = fields["rules"] {
            addRules(rules, defaults, to: &layer, depth: 0)
        } else {
            reader.report(node, "the layer has no \"rules\"")
        }
        schema.layers.append(layer)
    }

    /// What a rule has that does not say otherwise: from its layer, and from the groups that it is in.
    private struct RuleDefaults {
        var conditions: [TagFilter] = []
        var shapes: FeatureShapes
        var closedWays: ClosedWayUse
        var minimumZoom: Int
        var maximumZoom: Int?
        var smallest: SizeLimit?
        /// Behind the rule's own.
        var attributes: [AttributeRule] = []

        init(_ geometry: LayerGeometry, _ zooms: ClosedRange<Int>) {
            minimumZoom = zooms.lowerBound
            switch geometry {
            case .point: (shapes, closedWays) = (.pointsAndAreas, .unlessAreaNo)
            case .line: (shapes, closedWays) = (.lines, .unlessAreaYes)
            case .polygon: (shapes, closedWays) = (.areas, .unlessAreaNo)
            }
        }
    }

    private mutating func addRules(
        _ node: SchemaNode, _ defaults: RuleDefaults, to layer: inout TileLayer, depth: Int
    ) {
        guard depth < 8 else { return reader.report(node, "groups of rules more than 8 deep") }
        for item in reader.items(of: node, "rules") ?? [] { addRule(item, defaults, to: &layer, depth: depth) }
    }

    private mutating func addRule(
        _ node: SchemaNode, _ defaults: RuleDefaults, to layer: inout TileLayer, depth: Int
    ) {
        let known = ["select", "shapes", "closed-ways", "from", "to", "smallest", "attributes", "rules"]
        guard let fields = reader.fields(of: node, "a rule", known: known) else { return }
        var rule = defaults
        if let shapes = fields["shapes"] {
            rule.shapes = []
            for item in reader.items(of: shapes, "shapes") ?? [] {
                if let shape: SchemaShape = reader.word(item, "a shape") { rule.shapes.insert(shape.shapes) }
            }
        }
        if let closed = fields["closed-ways"] {
            if let use: SchemaClosedWays = reader.word(closed, "closed-ways") { rule.closedWays = use.use }
        }
        let zooms = 0...SchemaCompiler.zoomLimit
        if let from = fields["from"] { rule.minimumZoom = reader.integer(from, "a zoom", in: zooms) ?? 0 }
        if let last = fields["to"] { rule.maximumZoom = reader.integer(last, "a zoom", in: zooms) }
        if let smallest = fields["smallest"] { rule.smallest = sizeLimit(smallest) }
        let own = fields["attributes"].map { attributes($0) } ?? []
        let condition = fields["select"].flatMap { reader.filter($0) }
        if let rules = fields["rules"] {
            if let condition { rule.conditions.append(condition) }
            rule.attributes = own + defaults.attributes
            addRules(rules, rule, to: &layer, depth: depth + 1)
            return
        }
        if fields["select"] == nil { return reader.report(node, "the rule has no \"select\"") }
        guard let condition else { return }
        ruleNodes[ruleNodes.count - 1].append(node)
        layer.rules.append(
            LayerRule(
                filter: rule.conditions.isEmpty ? condition : .all(rule.conditions + [condition]), shapes: rule.shapes,
                closedWays: rule.closedWays, minimumZoom: rule.minimumZoom, maximumZoom: rule.maximumZoom,
                smallest: rule.smallest, attributes: own + defaults.attributes))
    }

    /// Where a fault of the schema stands that its parts alone do not show.
    private mutating func report(_ problem: TileSchemaError, _ root: SchemaNode) {
        var layer = problem.layer.flatMap { id in schema.layers.firstIndex { $0.id == id } }
        if case .duplicateLayer(let id) = problem { layer = schema.layers.lastIndex { $0.id == id } }
        var node = layer.map { layerNodes[$0] } ?? root
        if let layer, let rule = problem.rule, rule <= ruleNodes[layer].count { node = ruleNodes[layer][rule - 1] }
        reader.report(node, "\(problem)")
    }
}
