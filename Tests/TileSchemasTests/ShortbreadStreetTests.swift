import OSMModel
import Testing
import TileSchemas

/// Shortbread 1.1, "Streets".
@Suite struct ShortbreadStreetTests {
    private static let onRoads = "link@11=false tunnel@11=false bridge@11=false"
    private static let twoWay = "oneway@14=false oneway_reverse@14=false"

    @Test(arguments: [
        ("motorway", 5, 10), ("trunk", 6, 12), ("primary", 8, 12), ("secondary", 9, 13), ("tertiary", 10, 13),
        ("unclassified", 12, 14), ("residential", 12, 14), ("busway", 12, 14), ("bus_guideway", 12, 14),
        ("living_street", 13, 14), ("service", 13, 14), ("pedestrian", 13, 14), ("track", 13, 14), ("footway", 13, 14),
        ("steps", 13, 14), ("path", 13, 14), ("cycleway", 13, 14),
    ])
    func highways(kind: String, zoom: Int, labelZoom: Int) {
        let street = "streets line \(zoom) \(Self.onRoads) kind=\(kind) rail=false \(Self.twoWay)"
        #expect(placementTexts("highway=\(kind)", .line) == [street])
        #expect(placementTexts("highway=\(kind)", .closedLine) == [street])
        let label = "street_labels line \(labelZoom) tunnel=false kind=\(kind) name=N"
        #expect(placementTexts("highway=\(kind), name=N", .line) == [street, label])
        #expect(placementTexts("highway=\(kind)", .point).isEmpty)
        #expect(placement("highway=\(kind), area=yes", .closedLine, in: "streets") == nil)
    }

    /// Links are in `streets` with their class, in `street_labels` with their own kind.
    @Test(arguments: [
        ("motorway", 5, 13), ("trunk", 6, 13), ("primary", 8, 13), ("secondary", 9, 13), ("tertiary", 10, 14),
    ])
    func links(kind: String, zoom: Int, labelZoom: Int) {
        #expect(
            placementTexts("highway=\(kind)_link, name=N", .line) == [
                "streets line \(zoom) link@11=true tunnel@11=false bridge@11=false kind=\(kind) rail=false \(Self.twoWay)",
                "street_labels line \(labelZoom) tunnel=false kind=\(kind)_link name=N",
            ])
    }

    @Test(arguments: [
        ("rail", 8, 10), ("narrow_gauge", 8, 10), ("tram", 10, 10), ("light_rail", 10, 10), ("funicular", 10, 10),
        ("subway", 10, 10), ("monorail", 10, 10),
    ])
    func railways(kind: String, zoom: Int, zoomWithService: Int) {
        let fields = "kind=\(kind) rail=true \(Self.twoWay)"
        #expect(placementTexts("railway=\(kind)", .line) == ["streets line \(zoom) \(Self.onRoads) \(fields)"])
        #expect(
            placementTexts("railway=\(kind), service=yard, oneway=yes", .line) == [
                "streets line \(zoomWithService) \(Self.onRoads) service@11=yard \(fields)"
            ])
        #expect(placement("railway=\(kind), name=N", .line, in: "street_labels") == "line 10")
    }

    @Test func runwaysAndTaxiways() {
        #expect(
            placementTexts("aeroway=runway, ref=07/25", .line) == [
                "streets line 11 \(Self.onRoads) kind=runway rail=false \(Self.twoWay)",
                "street_labels line 11 ref=07/25 ref_rows=#1 ref_cols=#5 tunnel=false kind=runway",
            ])
        #expect(placement("aeroway=taxiway, ref=N", .closedLine, in: "streets") == "line 13")
        #expect(placement("aeroway=taxiway, ref=N", .line, in: "street_labels") == "line 13")
    }

    @Test(arguments: ["bridleway", "road", "construction", "platform", "raceway", "proposed", "corridor"])
    func otherHighwaysAreNotInTheSchema(value: String) {
        #expect(placementTexts("highway=\(value), name=N", .line).isEmpty)
    }

    @Test func aStreetBeforeARailwayBeforeAnAeroway() {
        #expect(field("kind", "railway=tram, highway=residential", .line, in: "streets") == "residential")
        #expect(field("kind", "aeroway=runway, railway=tram", .line, in: "streets") == "tram")
        #expect(field("kind", "highway=construction, railway=tram", .line, in: "streets") == "tram")
        #expect(field("kind", "railway=tram, highway=residential, name=N", .line, in: "street_labels") == "residential")
    }

    @Test func surfaceAndServiceAreTagValuesOrAbsent() {
        let tags = "highway=track, tracktype=grade2, surface=fine_gravel, service=alley"
        #expect(
            placementTexts(tags, .line) == [
                "streets line 13 \(Self.onRoads) tracktype@11=grade2 surface@11=fine_gravel service@11=alley "
                    + "kind=track rail=false \(Self.twoWay)"
            ])
        #expect(field("service", "highway=service", .line, in: "streets") == nil)
    }

    @Test(arguments: [
        ("yes", true, false), ("1", true, false), ("true", true, false), ("-1", true, true), ("no", false, false),
        ("reversible", false, false),
    ])
    func oneway(value: String, oneway: Bool, reverse: Bool) {
        let tags = "highway=residential, oneway=\(value)"
        #expect(field("oneway", tags, .line, in: "streets") == "\(oneway)")
        #expect(field("oneway_reverse", tags, .line, in: "streets") == "\(reverse)")
    }

    /// 1.1: the first tag with a mapped value, in the order of priority.
    @Test(
        arguments: [
            ("access=private", "no", "no", "no", "no"), ("vehicle=no", "no", "no", nil, nil),
            ("access=no, foot=designated", "no", "no", "yes", "no"),
            ("motor_vehicle=destination", "limited", nil, nil, nil),
            ("motorcar=unheard_of, motor_vehicle=agricultural, access=yes", "limited", "yes", "yes", "yes"),
            ("bicycle=dismount, vehicle=yes", "yes", "no", nil, nil),
            ("horse=permissive, access=customers", "limited", "limited", "limited", "yes"),
            ("access=permit, vehicle=discouraged, foot=military", "limited", "limited", "no", "limited"),
            ("access=unknown", nil, nil, nil, nil),
            ("motor_vehicle=forestry, motorcar=delivery", "limited", nil, nil, nil),
        ] as [(String, String?, String?, String?, String?)])
    func access(tags: String, motorcar: String?, bicycle: String?, foot: String?, horse: String?) {
        let tags = "highway=track, " + tags
        #expect(field("motorcar", tags, .line, in: "streets") == motorcar)
        #expect(field("bicycle", tags, .line, in: "streets") == bicycle)
        #expect(field("foot", tags, .line, in: "streets") == foot)
        #expect(field("horse", tags, .line, in: "streets") == horse)
        #expect(field("motorcar", tags.replacing("highway=track", with: "railway=rail"), .line, in: "streets") == nil)
        #expect(placementTexts(tags, .line)[0].contains("@13=") == (motorcar ?? bicycle ?? foot ?? horse != nil))
    }

    @Test func streetAreasSayThatTheyAreAreas() {
        let fields = "tunnel=false bridge=false rail=false"
        #expect(
            placementTexts("highway=pedestrian, area=yes, surface=sett, name=N", .closedLine) == [
                "street_polygons polygon 14 \(fields) surface=sett kind=pedestrian",
                "streets_polygons_labels labelPoint 14 kind=pedestrian name=N",
            ])
        #expect(
            placementTexts("highway=service, service=driveway, bridge=yes", .area) == [
                "street_polygons polygon 14 tunnel=false bridge=true rail=false service=driveway kind=service"
            ])
        #expect(placement("highway=pedestrian", .closedLine, in: "street_polygons") == nil)
        #expect(placement("highway=footway, area=yes", .closedLine, in: "street_polygons") == nil)
        #expect(
            placementTexts("area:aeroway=runway", .closedLine) == ["street_polygons polygon 11 \(fields) kind=runway"])
        #expect(placementTexts("area:aeroway=taxiway, area=no", .closedLine).isEmpty)
        #expect(
            placementTexts("aeroway=taxiway, area=yes", .closedLine) == [
                "street_polygons polygon 13 \(fields) kind=taxiway"
            ])
        #expect(placement("aeroway=runway, area=yes, name=N", .area, in: "streets_polygons_labels") == "labelPoint 14")
        #expect(placement("aeroway=runway", .closedLine, in: "street_polygons") == nil)
    }

    @Test(
        arguments: [
            ("B 39;B 39A", "B 39/B 39A", 2, 5), ("B 27", "B 27", 1, 4), (" A 1 ; ; E 45", "A 1/E 45", 2, 4),
            ("5", "5", 1, 1),
            ("Ä 9", "Ä 9", 1, 3), (";", nil, nil, nil),
        ] as [(String, String?, Int?, Int?)])
    func references(tag: String, text: String?, rows: Int?, columns: Int?) {
        let label = placementTexts("highway=primary, ref=\(tag)", .line)[1]
        if let text, let rows, let columns {
            #expect(
                label
                    == "street_labels line 12 ref=\(text) ref_rows=#\(rows) ref_cols=#\(columns) tunnel=false kind=primary"
            )
        } else {
            #expect(label == "street_labels line 12 tunnel=false kind=primary")
        }
    }

    @Test func junctionsBridgesAerialwaysAndFerries() {
        #expect(
            placementTexts("highway=motorway_junction, ref=12;13, name=N", .point) == [
                "street_labels_points point 12 ref=12;13 kind=motorway_junction name=N"
            ])
        #expect(placementTexts("man_made=bridge, name=N", .closedLine) == ["bridges polygon 12 kind=bridge"])
        for kind in "cable_car gondola goods chair_lift drag_lift t-bar j-bar platter rope_tow".split(separator: " ") {
            #expect(placementTexts("aerialway=\(kind)", .line) == ["aerialways line 12 kind=\(kind)"])
        }
        #expect(placementTexts("aerialway=zip_line", .line).isEmpty)
        #expect(placementTexts("route=ferry, name=N", .line) == ["ferries line 10 kind=ferry name=N"])
        #expect(placementTexts("route=ferry, motor_vehicle=no", .closedLine) == ["ferries line 12 kind=ferry"])
        #expect(placementTexts("route=ferry, motor_vehicle=yes", .line) == ["ferries line 10 kind=ferry"])
    }

    @Test(arguments: [
        ("highway=motorway", 10, 10), ("highway=motorway_link", 5, 5), ("highway=motorway, layer=1", 10, 24),
        ("highway=motorway, bridge=yes, layer=1", 10, 38), ("highway=steps, tunnel=yes", 1, -13),
        ("highway=steps, tunnel=yes, bridge=yes", 1, 15), ("highway=path, layer=-99", 2, 2 - 98),
        ("railway=rail", 13, 13),
        ("railway=narrow_gauge", 13, 13), ("railway=rail, service=spur", 12, 12), ("railway=tram", 11, 11),
        ("aeroway=runway", 0, 0), ("highway=path, layer=top", 2, 2), ("highway=living_street", 4, 4),
    ])
    func streetsAreOrderedForAPainter(tags: String, coarse: Int, fine: Int) {
        var dictionary = TextTagDictionary()
        let coded = dictionary.code(tags)
        let placement = BoundSchema(.shortbread, dictionary: dictionary).placements(of: coded, shape: .line)[0]
        #expect(placement.coarseRank == Int32(coarse))
        #expect(placement.fineRank == Int32(fine))
    }
}
