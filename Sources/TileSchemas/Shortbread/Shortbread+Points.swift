import OSMModel

/// Shortbread 1.1, "Public transport", "Points of interest" and "Addresses".
extension Shortbread {
    static let pointLayers = [
        TileLayer(
            id: "public_transport", summary: "Stations, stops, airports and ferry terminals", geometry: .point,
            hasNames: true, attributes: [AttributeRule("iata", .tag("iata"))],
            rules: [
                points(.valueIn("railway", ["station", "halt"]), [kind(ofTag: "railway")], from: 13),
                points(.valueIn("railway", ["tram_stop"]), [kind("tram_stop")], from: 14),
                points(.valueIn("highway", ["bus_stop"]), [kind("bus_stop")], from: 14),
                points(.valueIn("amenity", ["bus_station"]), [kind("bus_station")], from: 13),
                points(.valueIn("amenity", ["ferry_terminal"]), [kind("ferry_terminal")], from: 12),
                points(.valueIn("aerialway", ["station"]), [kind("aerialway_station")], from: 13),
                points(.valueIn("aeroway", ["aerodrome"]), [kind("aerodrome")], from: 11),
                points(.valueIn("aeroway", ["helipad"]), [kind("helipad")], from: 13),
            ]),
        TileLayer(
            id: "pois", summary: "Shops, sights, offices and other points of interest", geometry: .point,
            hasNames: true,
            rules: [points(isPointOfInterest, pointOfInterestAttributes + addressAttributes, from: 14)]),
        TileLayer(
            id: "addresses", summary: "House numbers and names that no point of interest carries", geometry: .point,
            rules: [
                points(
                    .all([
                        .any([.hasKey("addr:housenumber"), .hasKey("addr:housename")]), .not(isPointOfInterest),
                    ]), addressAttributes, from: 14)
            ]),
    ]

    private static let addressAttributes = [
        AttributeRule("housename", .tag("addr:housename")), AttributeRule("housenumber", .tag("addr:housenumber")),
    ]

    /// At least one key has a listed value.
    private static let isPointOfInterest = TagFilter.any(pointsOfInterest.map { .valueIn($0.key, $0.values) })

    private static let pointOfInterestAttributes =
        pointsOfInterest.map { key, values in AttributeRule(key, .tag(key), when: .valueIn(key, values)) } + [
            AttributeRule(
                "cuisine", .tag("cuisine"),
                when: .valueIn("amenity", ["restaurant", "fast_food", "pub", "bar", "cafe"])),
            AttributeRule("sport", .tag("sport"), when: .valueIn("leisure", ["pitch", "sports_centre"])),
            AttributeRule("vending", .tag("vending"), when: .valueIn("amenity", ["vending_machine"])),
            AttributeRule("information", .tag("information"), when: .valueIn("tourism", ["information"])),
            AttributeRule("tower:type", .tag("tower:type"), when: .valueIn("man_made", ["tower"])),
            AttributeRule("religion", .tag("religion"), when: .valueIn("amenity", ["place_of_worship"])),
            AttributeRule("denomination", .tag("denomination"), when: .valueIn("amenity", ["place_of_worship"])),
            isYes("recycling:glass_bottles", for: "recycling"), isYes("recycling:paper", for: "recycling"),
            isYes("recycling:clothes", for: "recycling"), isYes("recycling:scrap_metal", for: "recycling"),
            isYes("atm", for: "bank"),
        ]

    private static func isYes(_ key: String, for amenity: String) -> AttributeRule {
        AttributeRule(key, .matches(.valueIn(key, ["yes"])), when: .valueIn("amenity", [amenity]))
    }

    private static let pointsOfInterest: [(key: String, values: [String])] = [
        (
            "amenity",
            words(
                """
                arts_centre atm bank bar bench bicycle_rental biergarten cafe car_rental car_sharing car_wash cinema
                clinic college community_centre courthouse dentist doctors drinking_water embassy fast_food
                fire_station food_court fountain fuel grave_yard hospital hunting_stand library marketplace nightclub
                nursing_home pharmacy place_of_worship police post_box post_office prison pub public_building
                recycling restaurant school shelter telephone theatre toilets townhall university vending_machine
                veterinary waste_basket
                """)
        ),
        (
            "leisure",
            words(
                """
                dog_park golf_course ice_rink park pitch playground sports_centre stadium swimming_pool water_park
                """)
        ),
        (
            "tourism",
            words(
                """
                artwork alpine_hut bed_and_breakfast camp_site caravan_site chalet guest_house hostel hotel
                information motel picnic_site theme_park viewpoint zoo
                """)
        ),
        (
            "shop",
            words(
                """
                alcohol bakery beauty beverages bicycle books butcher car chemist clothes computer convenience
                department_store doityourself dry_cleaning florist furniture garden_centre general gift greengrocer
                hairdresser hardware jewelry kiosk laundry mall mobile_phone newsagent optician outdoor shoes sports
                stationery supermarket toys travel_agency video
                """)
        ),
        (
            "man_made",
            words("lighthouse surveillance tower wastewater_plant water_well water_works watermill windmill")
        ),
        (
            "historic",
            words(
                """
                archaeological_site battlefield castle fort memorial monument ruins wayside_cross wayside_shrine
                """)
        ),
        ("emergency", words("defibrillator fire_hydrant phone")),
        ("highway", words("emergency_access_point")),
        ("office", words("diplomatic")),
    ]

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
