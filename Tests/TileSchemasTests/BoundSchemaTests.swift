import OSMModel
import TestSupport
import Testing
import TileSchemas

@Suite struct BoundSchemaTests {
    @Test func placementsAgreeWithAskingEveryRule() {
        var random = SeededGenerator(seed: 11)
        let schema = TileSchema.shortbread
        let bound = GrowingTagDictionary.shortbread
        let filters = schema.layers.map { $0.rules.map { $0.filter.bind(to: GrowingTagDictionary.shared) } }
        let pool = [
            "highway=primary", "highway=service", "area=yes", "area=no", "name=N", "building=yes", "natural=water",
            "water=river",
            "waterway=canal", "railway=rail", "service=yard", "amenity=school", "leisure=park", "landuse=forest",
            "shop=bakery",
            "addr:housenumber=5", "place=city", "capital=yes", "man_made=pier", "route=ferry", "aeroway=runway",
            "layer=2",
        ]
        for _ in 0..<400 {
            var tags: [(key: String, value: String)] = []
            for tag in pool where random.next() % 4 == 0 {
                let parts = tag.split(separator: "=").map(String.init)
                if !tags.contains(where: { $0.key == parts[0] }) { tags.append((parts[0], parts[1])) }
            }
            let text = tags.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
            let shape = FeatureShape.allCases[Int(random.next() % 4)]
            let coded = GrowingTagDictionary.shared.code(text)
            let area = tags.first { $0.key == "area" }?.value
            var expected: [String] = []
            for (index, layer) in schema.layers.enumerated() {
                let match = zip(layer.rules, filters[index]).first { rule, filter in
                    guard rule.shapes.contains(FeatureShapes(shape)) else { return false }
                    if shape == .closedLine {
                        switch rule.closedWays {
                        case .always: break
                        case .unlessAreaNo: if area == "no" { return false }
                        case .onlyAreaYes: if area != "yes" { return false }
                        case .unlessAreaYes: if area == "yes" { return false }
                        case .onlyAreaNo: if area != "no" { return false }
                        }
                    }
                    return filter.evaluate(coded) == .yes
                }
                if let match { expected.append("\(layer.id) \(match.0.minimumZoom)") }
            }
            let found = bound.placements(of: coded, shape: shape).map {
                "\(schema.layers[$0.layer].id) \($0.minimumZoom)"
            }
            #expect(found == expected, "\(text) as \(shape)")
            let zooms = bound.placements(of: coded, shape: shape).map(\.minimumZoom)
            #expect(bound.lowestZoom(of: coded, shape: shape) == zooms.min() ?? 15)
        }
    }

    @Test func untaggedAndUnknownThingsNeverShow() {
        let bound = BoundSchema(.shortbread, dictionary: TextTagDictionary())
        for shape in FeatureShape.allCases {
            #expect(bound.placements(of: CodedTags(), shape: shape).isEmpty)
            #expect(bound.lowestZoom(of: CodedTags(keys: [7], values: [.varies]), shape: shape) == 15)
        }
    }

    /// What is not decisive may vary, and is then asked for per object.
    @Test func valuesThatVaryGiveTheSameFields() throws {
        let cases: [(String, String, FeatureShape)] = [
            ("highway=primary, ref=?, name=?", "highway=primary, ref=B 1;B 2, name=N", .line),
            ("place=town, name=?, population=?", "place=town, name=N, population=1 234", .point),
            ("shop=bakery, addr:housenumber=?", "shop=bakery, addr:housenumber=12", .point),
            ("highway=primary, ref=?, name=?", "highway=primary, ref=;, name=5", .line),
        ]
        for (open, filled, shape) in cases {
            var dictionary = TextTagDictionary()
            let openTags = dictionary.code(open)
            let tags = dictionary.code(filled)
            let bound = BoundSchema(.shortbread, dictionary: dictionary)
            #expect(!bound.dependsOnVaryingValues(openTags))
            let fromOpen = bound.placements(of: openTags, shape: shape)
            let fromFilled = bound.placements(of: tags, shape: shape)
            #expect(fromOpen.count == fromFilled.count)
            for (one, other) in zip(fromOpen, fromFilled) {
                func values(_ placement: Placement) -> [Int: FieldValue] {
                    placement.attributes.reduce(into: [:]) { result, attribute in
                        result[attribute.field] = bound.value(of: attribute.source, tags: tags, size: FeatureSize())
                    }
                }
                #expect(values(one) == values(other))
                #expect(one.layer == other.layer)
                #expect(one.minimumZoom == other.minimumZoom)
            }
        }
    }

    @Test func decisiveValuesThatVaryAreNoticed() {
        var dictionary = TextTagDictionary()
        let tags = dictionary.code("highway=?, name=N")
        #expect(BoundSchema(.shortbread, dictionary: dictionary).dependsOnVaryingValues(tags))
    }

    @Test func equalTextsAreAlwaysWrittenEqual() throws {
        var dictionary = TextTagDictionary()
        let tags = dictionary.code("highway=track, access=customers")
        func motorcar(_ dictionary: TextTagDictionary) throws -> PlacementSource {
            let bound = BoundSchema(.shortbread, dictionary: dictionary)
            let placement = try #require(bound.placements(of: tags, shape: .line).first)
            let field = try #require(bound.fields[placement.layer].firstIndex { $0.name == "motorcar" })
            return try #require(placement.attributes.first { $0.field == field }).source
        }
        #expect(try motorcar(dictionary) == .text("limited"))
        let number = dictionary.number(of: "limited")
        #expect(try motorcar(dictionary) == .code(TagValueCode(string: number)))
    }

    @Test func sizeRaisesTheLowestZoomButNotBeyondTheLast() throws {
        var dictionary = TextTagDictionary()
        let river = dictionary.code("waterway=river")
        let lake = dictionary.code("natural=water")
        let bound = BoundSchema(.shortbread, dictionary: dictionary)
        let line = try #require(bound.placements(of: river, shape: .line).first)
        // A pixel at zoom z is 2^(24 - z) units; longer than a quarter of one.
        #expect(line.minimumZoom(of: FeatureSize(lengthInWorldUnits: 8193)) == 9)
        #expect(line.minimumZoom(of: FeatureSize(lengthInWorldUnits: 8192)) == 10)
        #expect(line.minimumZoom(of: FeatureSize(lengthInWorldUnits: 0)) == 14)
        let area = try #require(bound.placements(of: lake, shape: .area).first)
        #expect(area.minimumZoom(of: FeatureSize(areaInWorldUnits: 0x1p38)) == 4)
        #expect(area.minimumZoom(of: FeatureSize(areaInWorldUnits: 0x1p38 - 1)) == 5)
        #expect(area.minimumZoom(of: FeatureSize()) == 14)
    }

    @Test func mercatorAreaIsOfTheWholePlane() {
        let plane = FeatureSize(areaInWorldUnits: 0x1p64)
        #expect(plane.mercatorArea(in: .squareMetres) == 1_606_006_962_349_394)
        #expect(plane.mercatorArea(in: .hectares) == 160_600_696_235)
        #expect(FeatureSize(areaInWorldUnits: .nan).mercatorArea(in: .hectares) == 0)
    }

    /// A full tag set of a busy object, in microseconds; generous, for debug builds and shared machines.
    @Test func askingIsCheap() {
        var dictionary = TextTagDictionary()
        let tags = dictionary.code(
            "highway=residential, name=?, name:en=?, surface=asphalt, oneway=yes, maxspeed=30, lit=yes, sidewalk=both, ref=?"
        )
        let bound = BoundSchema(.shortbread, dictionary: dictionary)
        let clock = ContinuousClock()
        var count = 0
        let time = clock.measure {
            for _ in 0..<1000 { count += bound.placements(of: tags, shape: .line).count }
        }
        #expect(count == 2000)
        #expect(time < .milliseconds(1000))
    }
}
