import OSMModel
import Testing
import TileSchemas

@Suite struct TileSchemaTests {
    @Test func shortbreadHasNoProblems() {
        #expect(TileSchema.shortbread.problems == [])
        #expect(TileSchema.shortbread.layers.count == 26)
    }

    /// "All 26 layers": the lowest zoom of each.
    @Test func shortbreadLayersStartWhereTheTextSays() {
        let expected = [
            "ocean": 0, "boundaries": 0, "boundary_labels": 2, "water_polygons": 4, "water_polygons_labels": 4,
            "place_labels": 4,
            "streets": 5, "land": 7, "water_lines": 9, "street_labels": 10, "ferries": 10, "street_polygons": 11,
            "public_transport": 11, "water_lines_labels": 12, "dam_lines": 12, "dam_polygons": 12, "pier_lines": 12,
            "pier_polygons": 12, "street_labels_points": 12, "bridges": 12, "aerialways": 12, "sites": 14,
            "buildings": 14,
            "addresses": 14, "streets_polygons_labels": 14, "pois": 14,
        ]
        let described = TileSchema.shortbread.vectorLayers
        #expect(Set(described.map(\.id)) == Set(expected.keys))
        for layer in described {
            #expect(layer.zooms == (expected[layer.id] ?? -1)...14, "\(layer.id)")
            #expect(!layer.summary.isEmpty)
        }
    }

    @Test(arguments: [
        ("water_polygons", "way_area:Number kind:String"),
        ("water_lines_labels", "tunnel:Boolean bridge:Boolean kind:String name:String name_en:String name_de:String"),
        ("boundaries", "maritime:Boolean disputed:Boolean admin_level:Number"),
        ("boundary_labels", "way_area:Number admin_level:Number name:String name_en:String name_de:String"),
        ("place_labels", "kind:String population:Number name:String name_en:String name_de:String"),
        ("buildings", "dummy:Number"), ("addresses", "housename:String housenumber:String"),
        (
            "streets",
            "link:Boolean tunnel:Boolean bridge:Boolean tracktype:String surface:String service:String kind:String rail:Boolean "
                + "motorcar:String bicycle:String foot:String horse:String oneway:Boolean oneway_reverse:Boolean"
        ),
        (
            "street_labels",
            "ref:String ref_rows:Number ref_cols:Number tunnel:Boolean kind:String name:String name_en:String name_de:String"
        ),
        ("street_polygons", "tunnel:Boolean bridge:Boolean rail:Boolean surface:String service:String kind:String"),
        ("ferries", "kind:String name:String name_en:String name_de:String"),
    ])
    func fieldsHaveTheTypesOfTheText(layer: String, fields: String) throws {
        let described = try #require(TileSchema.shortbread.vectorLayers.first { $0.id == layer })
        #expect(described.fields.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: " ") == fields)
    }

    @Test func poisDescribeEveryKey() throws {
        let pois = try #require(TileSchema.shortbread.vectorLayers.first { $0.id == "pois" })
        #expect(
            Set(pois.fields.map(\.name)) == [
                "amenity", "leisure", "tourism", "shop", "man_made", "historic", "emergency", "highway", "office",
                "cuisine",
                "sport", "vending", "information", "tower:type", "religion", "denomination", "recycling:glass_bottles",
                "recycling:paper", "recycling:clothes", "recycling:scrap_metal", "atm", "housename", "housenumber",
                "name",
                "name_en", "name_de",
            ])
    }

    @Test func languagesGiveFields() {
        var schema = TileSchema.shortbread
        schema.languages = ["ko-Latn"]
        let bound = BoundSchema(schema, dictionary: GrowingTagDictionary.shared)
        let texts = placementTexts("place=city, name=N, name:ko-Latn=K, name:en=E", .point, by: bound)
        #expect(texts == ["place_labels point 6 kind=city population=#100000 name=N name_ko-Latn=K"])
    }

    @Test func decisionKeysAreThoseWhoseValueDecides() {
        let keys = TileSchema.shortbread.decisionKeys
        #expect(keys == keys.sorted())
        for key in [
            "highway", "area", "layer", "bridge", "tunnel", "covered", "oneway", "access", "motor_vehicle", "building",
            "water",
            "capital", "admin_level", "atm", "recycling:paper", "tuile:boundary_level",
        ] {
            #expect(keys.contains(key), "\(key)")
        }
        for key in [
            "name", "name:en", "ref", "population", "addr:housenumber", "surface", "cuisine", "service", "iata",
        ] {
            #expect(!keys.contains(key), "\(key)")
        }
    }

    @Test func canonicalTextTellsSchemasApart() {
        let text = TileSchema.shortbread.canonicalText
        #expect(text == TileSchema.shortbread.canonicalText)
        var changes: [(inout TileSchema) -> Void] = []
        changes.append { $0.languages = ["en"] }
        changes.append { $0.layers.swapAt(0, 1) }
        changes.append { $0.layers[1].buffer = 8 }
        changes.append { $0.layers[1].detail.smallest = .areaInPixels(2) }
        changes.append { $0.layers[1].rules[1].minimumZoom = 5 }
        changes.append { $0.layers[1].rules[1].closedWays = .always }
        changes.append { $0.layers[1].rules[0].filter = .hasKey("natural") }
        changes.append { $0.layers[1].attributes[0].minimumZoom = 3 }
        changes.append { $0.layers[1].attributes[0].condition = .hasKey("x") }
        changes.append { $0.layers[1].attributes[0].source = .mercatorArea(.hectares) }
        changes.append { $0.layers[1].order.ranks = [.layerTag(limit: 1, weight: 1)] }
        changes.append { $0.layers[1].rules[1].maximumZoom = 9 }
        changes.append { $0.layers[1].detail.joinsPolygonsBelowZoom = 8 }
        changes.append { $0.layers[1].detail.pointGrid = PointGridLimit(pixels: 32, most: 2, belowZoom: 14) }
        var texts: Set<String> = [text]
        for change in changes {
            var schema = TileSchema.shortbread
            change(&schema)
            #expect(texts.insert(schema.canonicalText).inserted)
        }
    }

    @Test func aRuleMustNotEndBeforeItStarts() {
        for last in [2, 15] {
            let rule = LayerRule(
                filter: .hasKey("a"), shapes: .area, closedWays: .always, minimumZoom: 3, maximumZoom: last)
            let schema = TileSchema(
                name: "x", version: "1", summary: "",
                layers: [TileLayer(id: "a", summary: "", geometry: .polygon, rules: [rule])])
            #expect(schema.problems == [.ruleZoomOutOfRange(layer: "a", rule: 1, zoom: last)])
        }
    }

    @Test func problemsAreFoundAllAtOnce() {
        let rule = LayerRule(filter: .hasKey("a"), shapes: .point, closedWays: .always, minimumZoom: 20)
        var odd = rule
        odd.minimumZoom = 3
        odd.smallest = .groundArea([
            GroundAreaStep(zoom: 4, squareKilometres: 5), GroundAreaStep(zoom: 4, squareKilometres: 1),
        ])
        odd.attributes = [AttributeRule("f", .integer(1)), AttributeRule("f", .tag("f"))]
        let schema = TileSchema(
            name: "x", version: "1", summary: "", zooms: 0...17, languages: ["en", "en"],
            layers: [
                TileLayer(id: "a", summary: "", geometry: .line, buffer: 5000, rules: [rule]),
                TileLayer(id: "a", summary: "", geometry: .point, rules: [odd]),
                TileLayer(id: "b", summary: "", geometry: .point, rules: []),
            ])
        let problems = schema.problems
        #expect(
            problems == [
                .zoomsOutOfRange(0...17), .duplicateLanguage("en"), .bufferOutOfRange(layer: "a", buffer: 5000),
                .ruleZoomOutOfRange(layer: "a", rule: 1, zoom: 20), .shapesDoNotFit(layer: "a", rule: 1),
                .duplicateLayer("a"), .stepsOutOfOrder(layer: "a", rule: 1),
                .fieldTypesDiffer(layer: "a", field: "f", .number, .string), .emptyLayer("b"),
            ])
        for problem in problems {
            #expect(!problem.description.contains("\n"))
            #expect(!problem.description.isEmpty)
        }
    }
}
