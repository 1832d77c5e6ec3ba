import OSMModel
import Testing
import TileSchemas

/// Shortbread 1.1, "Public transport" and "Points of interest".
@Suite struct ShortbreadPointTests {
    @Test(arguments: [
        ("aeroway=aerodrome", 11, "aerodrome"), ("amenity=ferry_terminal", 12, "ferry_terminal"),
        ("aeroway=helipad", 13, "helipad"), ("railway=station", 13, "station"), ("railway=halt", 13, "halt"),
        ("amenity=bus_station", 13, "bus_station"), ("aerialway=station", 13, "aerialway_station"),
        ("railway=tram_stop", 14, "tram_stop"), ("highway=bus_stop", 14, "bus_stop"),
        ("highway=bus_stop, railway=tram_stop", 14, "tram_stop"),
        ("amenity=bus_station, railway=station", 13, "station"),
    ])
    func publicTransport(tags: String, zoom: Int, kind: String) {
        #expect(placementTexts(tags, .point) == ["public_transport point \(zoom) kind=\(kind)"])
        #expect(
            placementTexts(tags + ", name=N, iata=XXX", .closedLine) == [
                "public_transport labelPoint \(zoom) iata=XXX kind=\(kind) name=N"
            ])
        #expect(placementTexts(tags, .line).isEmpty)
    }

    private static let values: [(key: String, values: String)] = [
        (
            "amenity",
            """
            arts_centre atm bank bar bench bicycle_rental biergarten cafe car_rental car_sharing car_wash cinema clinic college \
            community_centre courthouse dentist doctors drinking_water embassy fast_food fire_station food_court fountain fuel \
            grave_yard hospital hunting_stand library marketplace nightclub nursing_home pharmacy place_of_worship police \
            post_box post_office prison pub public_building recycling restaurant school shelter telephone theatre toilets \
            townhall university vending_machine veterinary waste_basket
            """
        ), ("emergency", "defibrillator fire_hydrant phone"), ("highway", "emergency_access_point"),
        (
            "historic",
            "archaeological_site battlefield castle fort memorial monument ruins wayside_cross wayside_shrine"
        ),
        (
            "leisure",
            "dog_park golf_course ice_rink park pitch playground sports_centre stadium swimming_pool water_park"
        ),
        (
            "man_made",
            "lighthouse surveillance tower wastewater_plant water_well water_works watermill windmill"
        ), ("office", "diplomatic"),
        (
            "shop",
            """
            alcohol bakery beauty beverages bicycle books butcher car chemist clothes computer convenience department_store \
            doityourself dry_cleaning florist furniture garden_centre general gift greengrocer hairdresser hardware jewelry \
            kiosk laundry mall mobile_phone newsagent optician outdoor shoes sports stationery supermarket toys travel_agency \
            video
            """
        ),
        (
            "tourism",
            """
            artwork alpine_hut bed_and_breakfast camp_site caravan_site chalet guest_house hostel hotel information motel \
            picnic_site theme_park viewpoint zoo
            """
        ),
    ]

    @Test(arguments: values.indices)
    func pointsOfInterest(row: Int) {
        let (key, values) = Self.values[row]
        for value in values.split(separator: " ") {
            let texts = placementTexts("\(key)=\(value), name=N", .point)
            #expect(texts.count == 1)
            #expect(texts[0].hasPrefix("pois point 14 \(key)=\(value) "), "\(texts[0])")
            #expect(texts[0].hasSuffix(" name=N"))
            #expect(placement("\(key)=\(value)", .closedLine, in: "pois") == "labelPoint 14")
            #expect(placement("\(key)=\(value)", .line, in: "pois") == nil)
        }
        #expect(placementTexts("\(key)=unheard_of, name=N", .point).isEmpty)
    }

    /// 1.1 removed two that had moved to leisure.
    @Test func removedValuesAreGone() {
        #expect(placementTexts("amenity=dog_park", .point).isEmpty)
        #expect(placementTexts("amenity=playground", .point).isEmpty)
    }

    @Test func aKeyIsWrittenOnlyWithAListedValue() {
        #expect(placementTexts("amenity=cafe, shop=unheard_of", .point) == ["pois point 14 amenity=cafe"])
        #expect(placementTexts("amenity=cafe, shop=bakery", .point) == ["pois point 14 amenity=cafe shop=bakery"])
    }

    @Test(arguments: [
        ("amenity=restaurant, cuisine=thai", "cuisine=thai"), ("amenity=cafe, cuisine=cake", "cuisine=cake"),
        ("leisure=pitch, sport=soccer", "sport=soccer"), ("leisure=sports_centre, sport=soccer", "sport=soccer"),
        ("amenity=vending_machine, vending=sweets", "vending=sweets"),
        ("tourism=information, information=map", "information=map"),
        ("man_made=tower, tower:type=bell", "tower:type=bell"),
        ("amenity=place_of_worship, religion=x, denomination=y", "religion=x denomination=y"),
        ("amenity=bank, atm=yes", "atm=true"), ("amenity=bank, atm=no", "atm=false"), ("amenity=bank", "atm=false"),
        (
            "amenity=recycling, recycling:paper=yes, recycling:clothes=no",
            "recycling:glass_bottles=false recycling:paper=true recycling:clothes=false recycling:scrap_metal=false"
        ),
    ])
    func furtherFields(tags: String, fields: String) {
        let own = tags.split(separator: ", ")[0]
        #expect(placementTexts(tags, .point) == ["pois point 14 \(own) \(fields)"])
    }

    @Test func furtherFieldsAreOnlyForTheirOwnValues() {
        let tags =
            "cuisine=a, sport=b, vending=c, information=d, tower:type=e, religion=f, atm=yes, recycling:paper=yes"
        #expect(placementTexts("shop=bakery, " + tags, .point) == ["pois point 14 shop=bakery"])
    }
}
