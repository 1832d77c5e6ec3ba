import OSMModel
import Testing
import TileSchemas

/// Shortbread 1.1, "Water".
@Suite struct ShortbreadWaterTests {
    @Test(arguments: [
        ("natural=glacier", 4, "glacier"), ("natural=water", 4, "water"), ("natural=water, water=lake", 4, "water"),
        ("natural=water, water=river", 4, "river"), ("waterway=riverbank", 4, "river"),
        ("landuse=reservoir", 4, "reservoir"),
        ("landuse=basin", 4, "basin"), ("waterway=dock", 10, "dock"), ("natural=water, landuse=basin", 4, "water"),
    ])
    func waterAreas(tags: String, zoom: Int, kind: String) {
        for shape in [FeatureShape.area, .closedLine] {
            #expect(
                placementTexts(tags, shape) == ["water_polygons polygon \(zoom) way_area=#1000000 kind=\(kind)"])
            #expect(
                placementTexts(tags + ", name=N, name:de=D, name:fr=F", shape) == [
                    "water_polygons polygon \(zoom) way_area=#1000000 kind=\(kind)",
                    "water_polygons_labels labelPoint \(zoom) way_area=#1000000 kind=\(kind) name=N name_de=D",
                ])
        }
        #expect(placementTexts(tags + ", area=no", .closedLine).isEmpty)
        #expect(placementTexts(tags, .point).isEmpty)
        #expect(placementTexts(tags, .line).isEmpty)
    }

    /// A ring of canal is not a lake.
    @Test func aClosedCanalIsALineUnlessItSaysThatItIsAnArea() {
        #expect(
            placementTexts("waterway=canal", .closedLine) == ["water_lines line 9 tunnel=false bridge=false kind=canal"]
        )
        #expect(
            placementTexts("waterway=canal, area=yes", .closedLine) == [
                "water_polygons polygon 10 way_area=#1000000 kind=canal"
            ])
        #expect(placementTexts("waterway=canal", .area) == ["water_polygons polygon 10 way_area=#1000000 kind=canal"])
    }

    @Test(arguments: [
        ("river", 9, 12 as Int?), ("canal", 9, 12), ("stream", 14, 14), ("ditch", 14, 14), ("drain", 14, nil),
    ])
    func waterLines(kind: String, zoom: Int, labelZoom: Int?) {
        let line = "water_lines line \(zoom) tunnel=false bridge=false kind=\(kind)"
        #expect(placementTexts("waterway=\(kind)", .line) == [line])
        let label = labelZoom.map {
            "water_lines_labels line \($0) tunnel=false bridge=false kind=\(kind) name=N name_en=E"
        }
        #expect(placementTexts("waterway=\(kind), name=N, name:en=E", .line) == [line] + [label].compactMap(\.self))
    }

    @Test(arguments: [
        ("tunnel=yes", true, false), ("tunnel=building_passage", true, false), ("covered=yes", true, false),
        ("tunnel=culvert", false, false), ("bridge=yes", false, true), ("bridge=trestle", false, true),
        ("bridge=no", false, false), ("bridge=aqueduct", false, false),
    ])
    func tunnelsAndBridges(tags: String, tunnel: Bool, bridge: Bool) {
        let text = "water_lines line 9 tunnel=\(tunnel) bridge=\(bridge) kind=river"
        #expect(placementTexts("waterway=river, " + tags, .line) == [text])
    }

    @Test func damsAndPiersAreLinesOrAreas() {
        for (tags, layer, kind) in [
            ("waterway=dam", "dam", "dam"), ("man_made=pier", "pier", "pier"),
            ("man_made=breakwater", "pier", "breakwater"),
            ("man_made=groyne", "pier", "groyne"),
        ] {
            #expect(placementTexts(tags, .line) == ["\(layer)_lines line 12 kind=\(kind)"])
            #expect(placementTexts(tags, .closedLine) == ["\(layer)_polygons polygon 12 kind=\(kind)"])
            #expect(placementTexts(tags + ", area=no", .closedLine) == ["\(layer)_lines line 12 kind=\(kind)"])
            #expect(placementTexts(tags, .area) == ["\(layer)_polygons polygon 12 kind=\(kind)"])
        }
        #expect(placementTexts("man_made=dyke", .closedLine).isEmpty)
    }

    /// "ocean: polygon, no attributes, all zooms."
    @Test func oceanIsTheDerivedSea() throws {
        #expect(placementTexts("tuile:sea=overview", .area) == ["ocean polygon 0"])
        #expect(placementTexts("tuile:sea=detail", .area) == ["ocean polygon \(DerivedSea.detailZoom)"])
        #expect(placementTexts("natural=coastline", .closedLine).isEmpty)
        #expect(placementTexts("natural=coastline", .area).isEmpty)
        let ocean = try #require(TileSchema.shortbread.layers.first { $0.id == "ocean" })
        #expect(ocean.detail.joinsPolygonsBelowZoom == 15)
        #expect(ocean.rules.map(\.maximumZoom) == [DerivedSea.detailZoom - 1, 14])
    }
}
