import ByteCoding
import PlanarGeometry
import TestSupport
import Testing
import VectorTiles

@Suite struct LayerBuilderTests {
    let dot = TilePath(parts: [points((1, 2))])

    func decoded(_ layer: LayerBuilder) throws -> DecodedTile.Layer? {
        var builder = VectorTileBuilder()
        builder.layers = [layer]
        var bytes: [UInt8] = []
        builder.finish(into: &bytes)
        #expect(builder.byteCount == bytes.count)
        return try DecodedTile(bytes).layers.first
    }

    @Test("Equal keys and values are listed once, in order of first use (section 4.1)")
    func tablesAreDeduplicated() throws {
        var layer = LayerBuilder(name: "l")
        let kind = layer.key("kind")
        let name = layer.key("name")
        #expect(layer.key("kind") == kind)
        let river = layer.stringValue(token: 7) { "river" }
        let lake = layer.stringValue(token: 8) { "lake" }
        layer.addFeature(id: 1, type: .point, tags: [LayerTag(name, lake), LayerTag(kind, river)], geometry: dot)
        layer.addFeature(id: 2, type: .point, tags: [LayerTag(kind, lake)], geometry: dot)
        let result = try #require(try decoded(layer))
        #expect(result.keys == ["name", "kind"])
        #expect(result.values == [.string("lake"), .string("river")])
        #expect(
            result.features.map(\.attributes) == [
                ["name": .string("lake"), "kind": .string("river")], ["kind": .string("lake")],
            ])
    }

    @Test("A text under two tokens, or with and without one, is one value")
    func textsAreComparedByBytes() {
        var layer = LayerBuilder(name: "l")
        let first = layer.stringValue(token: 1) { "Müllweg" }
        #expect(layer.stringValue(token: 2) { "Müllweg" } == first)
        #expect(layer.stringValue("Müllweg") == first)
        #expect(layer.stringValue(token: 3, utf8: Array("Müllweg".utf8).byteSpan) == first)
        #expect(layer.value(.string("Müllweg")) == first)
        #expect(layer.stringValue(token: 4) { "Müllwe" } != first)
    }

    @Test("The text of a token is asked for once")
    func tokensAvoidText() {
        var layer = LayerBuilder(name: "l")
        var calls = 0
        for _ in 0..<5 {
            _ = layer.stringValue(token: 9) {
                calls += 1
                return "x"
            }
        }
        #expect(calls == 1)
        layer.removeAll()
        _ = layer.stringValue(token: 9) {
            calls += 1
            return "y"
        }
        #expect(calls == 2)
    }

    @Test("Equal numbers of different type are different values (section 4.1)")
    func typesKeepValuesApart() throws {
        var layer = LayerBuilder(name: "l")
        let key = layer.key("k")
        let values = [
            layer.intValue(1), layer.doubleValue(1), layer.boolValue(true), layer.stringValue(token: 1) { "1" },
            layer.value(.float(1)), layer.value(.uint(1)), layer.value(.sint(1)),
        ]
        #expect(Set(values).count == values.count)
        for value in values { layer.addFeature(id: nil, type: .point, tags: [LayerTag(key, value)], geometry: dot) }
        #expect(
            try decoded(layer)?.values
                == [.int(1), .double(1), .bool(true), .string("1"), .float(1), .uint(1), .sint(1)])
    }

    @Test("Integers from 0 up are int_value, negative ones sint_value")
    func integersTakeTheirShortestForm() throws {
        var layer = LayerBuilder(name: "l")
        let key = layer.key("k")
        for number in [0, 5, .max, -1, .min] as [Int64] {
            let value = layer.intValue(number)
            #expect(layer.intValue(number) == value)
            layer.addFeature(id: nil, type: .point, tags: [LayerTag(key, value)], geometry: dot)
        }
        #expect(try decoded(layer)?.values == [.int(0), .int(5), .int(.max), .sint(-1), .sint(.min)])
    }

    @Test("Keys and values that no feature uses are not written")
    func unusedEntriesAreLeftOut() throws {
        var layer = LayerBuilder(name: "l")
        let unused = layer.key("unused")
        let key = layer.key("used")
        let dropped = layer.intValue(1)
        let kept = layer.intValue(2)
        layer.addFeature(id: nil, type: .lineString, tags: [LayerTag(unused, dropped)], geometry: TilePath())
        layer.addFeature(id: nil, type: .point, tags: [LayerTag(key, kept)], geometry: dot)
        let result = try #require(try decoded(layer))
        #expect(result.keys == ["used"])
        #expect(result.values == [.int(2)])
        #expect(result.features.count == 1)
    }

    @Test("A text that cannot be had leaves no value behind")
    func failingTextIsUndone() throws {
        struct Refusal: Error {}
        var layer = LayerBuilder(name: "l")
        let key = layer.key("k")
        #expect(throws: Refusal.self) { try layer.stringValue(token: 1) { throw Refusal() } }
        let value = layer.stringValue(token: 1) { "good" }
        layer.addFeature(id: nil, type: .point, tags: [LayerTag(key, value)], geometry: dot)
        #expect(try decoded(layer)?.values == [.string("good")])
    }

    @Test("An absent id is left out, id 0 is not")
    func idsAreOptional() throws {
        var layer = LayerBuilder(name: "l")
        for id in [nil, 0, .max] as [UInt64?] { layer.addFeature(id: id, type: .point, tags: [], geometry: dot) }
        #expect(try decoded(layer)?.features.map(\.id) == [nil, 0, .max])
    }

    @Test("An emptied builder writes the same bytes as a new one")
    func reuseLeavesNoTrace() throws {
        func fill(_ layer: inout LayerBuilder, _ seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            for index in 0..<200 {
                let token = UInt64.random(in: 0..<60, using: &random)
                let tags = [
                    LayerTag(
                        layer.key("a\(token % 7)"), layer.stringValue(token: token) { "text \(token) of \(seed)" }),
                    LayerTag(layer.key("n"), layer.intValue(Int64(token) - 30)),
                ]
                layer.addFeature(id: UInt64(index), type: .point, tags: tags, geometry: dot)
            }
        }
        var reused = LayerBuilder(name: "l")
        for seed in 1...20 as ClosedRange<UInt64> {
            reused.removeAll()
            fill(&reused, seed)
            var fresh = LayerBuilder(name: "l")
            fill(&fresh, seed)
            #expect(try decoded(reused) == decoded(fresh))
        }
    }

    @Test("Parts too short for their type are the caller's mistake")
    func shortPartsTrap() async {
        await #expect(processExitsWith: .failure) {
            var layer = LayerBuilder(name: "l")
            layer.addFeature(id: 1, type: .polygon, tags: [], geometry: TilePath(parts: [points((0, 0), (1, 1))]))
        }
    }
}
