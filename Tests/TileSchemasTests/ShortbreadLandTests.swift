import OSMModel
import Testing
import TileSchemas

/// Shortbread 1.1, "Land", "Sites", "Buildings" and "Addresses".
@Suite struct ShortbreadLandTests {
    private static let land: [(zoom: Int, key: String, values: String)] = [
        (7, "landuse", "forest"),
        (
            10, "landuse",
            "residential industrial commercial garages retail railway landfill brownfield greenfield farmyard farmland"
        ),
        (10, "natural", "sand beach"),
        (
            11, "landuse",
            "grass meadow orchard vineyard allotments village_green recreation_ground greenhouse_horticulture plant_nursery quarry"
        ),
        (11, "natural", "heath scrub grassland bare_rock scree shingle"),
        (11, "wetland", "swamp bog string_bog wet_meadow marsh"),
        (11, "leisure", "golf_course park garden playground miniature_golf"), (13, "landuse", "cemetery"),
        (13, "amenity", "grave_yard"),
    ]

    @Test(arguments: land.indices)
    func landKindsAreTagValues(row: Int) {
        let (zoom, key, values) = Self.land[row]
        for value in values.split(separator: " ") {
            let tags = "\(key)=\(value)"
            #expect(placementTexts(tags, .area).first == "land polygon \(zoom) kind=\(value)")
            #expect(placement(tags, .closedLine, in: "land") == "polygon \(zoom)")
            #expect(placement(tags + ", area=no", .closedLine, in: "land") == nil)
            #expect(placement(tags, .point, in: "land") == nil)
        }
    }

    @Test func woodIsForest() {
        #expect(placementTexts("natural=wood", .area) == ["land polygon 7 kind=forest"])
    }

    @Test func anAreaIsOneKindOfLand() {
        #expect(placementTexts("natural=wood, landuse=residential", .area) == ["land polygon 10 kind=residential"])
        #expect(placementTexts("natural=wetland, wetland=bog", .area) == ["land polygon 11 kind=bog"])
        #expect(field("kind", "leisure=park, natural=scrub", .area, in: "land") == "scrub")
        #expect(field("kind", "landuse=unheard_of, natural=wood", .area, in: "land") == "forest")
    }

    @Test(arguments: [
        "military=danger_area", "leisure=sports_centre", "amenity=university", "amenity=college", "amenity=school",
        "amenity=hospital", "amenity=prison", "amenity=parking", "amenity=bicycle_parking", "landuse=construction",
    ])
    func sites(tags: String) {
        let kind = tags.split(separator: "=")[1]
        #expect(placementTexts(tags, .closedLine).first == "sites polygon 14 kind=\(kind)")
        #expect(placement(tags, .point, in: "sites") == nil)
    }

    @Test func buildingsAreAreasWithAnyValueButNo() {
        #expect(placementTexts("building=yes", .closedLine) == ["buildings polygon 14 dummy=#1"])
        #expect(placementTexts("building=hut", .area) == ["buildings polygon 14 dummy=#1"])
        #expect(placementTexts("building=no", .area).isEmpty)
        #expect(placementTexts("building:part=yes", .area).isEmpty)
        #expect(placementTexts("building=yes", .point).isEmpty)
    }

    @Test func addressesAreOfObjectsThatAreNoPointOfInterest() {
        let address = "addr:housenumber=12a, addr:housename=Rose"
        #expect(placementTexts(address, .point) == ["addresses point 14 housename=Rose housenumber=12a"])
        #expect(placementTexts("addr:housenumber=12", .closedLine) == ["addresses labelPoint 14 housenumber=12"])
        #expect(placementTexts("addr:housename=Rose", .area) == ["addresses labelPoint 14 housename=Rose"])
        #expect(placementTexts("addr:street=Rose", .area).isEmpty)
        #expect(
            placementTexts(address + ", shop=bakery", .point) == [
                "pois point 14 shop=bakery housename=Rose housenumber=12a"
            ])
        #expect(placement(address + ", shop=unheard_of", .point, in: "addresses") == "point 14")
        #expect(
            placementTexts(address + ", building=yes", .closedLine) == [
                "buildings polygon 14 dummy=#1", "addresses labelPoint 14 housename=Rose housenumber=12a",
            ])
    }
}
