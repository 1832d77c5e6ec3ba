import OSMModel
import Testing
import TileSchemas

/// Shortbread 1.1, "Boundaries" and "Places".
@Suite struct ShortbreadBoundaryTests {
    @Test func boundariesComeFromDerivedRecordsOnly() {
        #expect(
            placementTexts("tuile:boundary_level=2", .line) == [
                "boundaries line 0 maritime=false disputed=false admin_level=#2"
            ])
        #expect(
            placementTexts("tuile:boundary_level=4, tuile:disputed=yes, tuile:maritime=yes", .closedLine) == [
                "boundaries line 7 maritime=true disputed=true admin_level=#4"
            ])
        #expect(placementTexts("boundary=administrative, admin_level=2", .line).isEmpty)
        #expect(placementTexts("boundary=administrative, admin_level=2", .closedLine).isEmpty)
    }

    @Test func boundaryLabelsAreOfRelations() {
        #expect(
            placementTexts("boundary=administrative, admin_level=2, name=N, name:en=E", .area) == [
                "boundary_labels labelPoint 2 way_area=#100 admin_level=#2 name=N name_en=E"
            ])
        #expect(placement("boundary=administrative, admin_level=4", .area, in: "boundary_labels") == "labelPoint 3")
        #expect(placementTexts("boundary=administrative, admin_level=3", .area).isEmpty)
        #expect(placementTexts("boundary=administrative, admin_level=6", .area).isEmpty)
    }

    @Test(arguments: [
        ("2", 2_000_000.0, 2), ("2", 1_999_999, 3), ("2", 700_000, 3), ("2", 100_000, 4), ("2", 99_999, 5), ("2", 0, 5),
        ("4", 2_000_000, 3), ("4", 699_999, 4), ("4", 5, 5),
    ])
    func boundaryLabelsComeBySquareKilometresOnTheGround(level: String, squareKilometres: Double, zoom: Int) {
        var dictionary = TextTagDictionary()
        let tags = dictionary.code("boundary=administrative, admin_level=\(level)")
        let placements = BoundSchema(.shortbread, dictionary: dictionary).placements(of: tags, shape: .area)
        let size = FeatureSize(groundSquareKilometres: squareKilometres)
        #expect(placements.map { $0.minimumZoom(of: size) } == [zoom])
    }

    @Test(arguments: [
        ("city", 6, 100_000, true), ("town", 7, 5_000, true), ("village", 10, 100, true), ("hamlet", 10, 50, true),
        ("suburb", 10, 1_000, false), ("quarter", 10, 500, false), ("neighbourhood", 10, 100, false),
        ("isolated_dwelling", 10, 5, false), ("farm", 10, 5, false), ("island", 10, 0, false),
        ("locality", 10, 0, false),
    ])
    func places(value: String, zoom: Int, population: Int, canBeCapital: Bool) {
        let tags = "place=\(value), name=N"
        let plain = "place_labels point \(zoom) kind=\(value) population=#\(population) name=N"
        #expect(placementTexts(tags, .point) == [plain])
        let capital = "place_labels point 4 kind=capital population=#\(population) name=N"
        #expect(placementTexts(tags + ", capital=yes", .point) == [canBeCapital ? capital : plain])
        let state = "place_labels point 4 kind=state_capital population=#\(population) name=N"
        #expect(placementTexts(tags + ", capital=4", .point) == [canBeCapital ? state : plain])
        #expect(placementTexts(tags + ", capital=6", .point) == [plain])
        #expect(placementTexts("place=\(value)", .point).isEmpty)
        #expect(placementTexts(tags, .area).isEmpty == (value != "island"))
    }

    @Test(arguments: [
        ("1234", 1234), ("1 234", 1234), ("1,234", 1234), ("1.234.567", 1_234_567), ("1234.5", 1234), ("ca. 500", 5000),
        ("~900", 5000), ("12 (2011)", 12), ("1'234", 1234), ("1 2345", 1), ("0", 0), ("many", 5000), ("12;13", 12),
        ("9999999999999999999999", 5000),
    ])
    func populationIsTheNumberAtTheTagsStart(text: String, population: Int) {
        #expect(
            field("population", "place=town, name=N, population=\(text)", .point, in: "place_labels")
                == "#\(population)")
    }

    @Test func derivedTagsFollowTheRelations() throws {
        func claim(_ tags: [String: String]) -> DerivedBoundary.Claim? {
            DerivedBoundary.claim(ofRelation: { tags[$0] })
        }
        let country = try #require(claim(["type": "boundary", "boundary": "administrative", "admin_level": "2"]))
        let state = try #require(claim(["type": "boundary", "boundary": "administrative", "admin_level": "4"]))
        let dispute = try #require(claim(["type": "boundary", "boundary": "disputed"]))
        let stateDispute = try #require(claim(["type": "boundary", "boundary": "disputed", "admin_level": "4"]))
        let localDispute = try #require(claim(["type": "boundary", "boundary": "disputed", "admin_level": "6"]))
        let county = try #require(claim(["type": "boundary", "boundary": "administrative", "admin_level": "6"]))
        #expect(claim(["type": "boundary", "boundary": "disputed", "admin_level": "x"]) == nil)
        #expect(claim(["type": "boundary", "boundary": "administrative", "admin_level": "13"]) == nil)
        #expect(claim(["type": "boundary", "boundary": "administrative"]) == nil)
        #expect(claim(["type": "multipolygon", "boundary": "administrative", "admin_level": "2"]) == nil)
        #expect(claim(["type": "boundary", "boundary": "national_park", "admin_level": "2"]) == nil)

        func derived(_ tags: [String: String], _ claims: [DerivedBoundary.Claim]) -> String? {
            var merged: DerivedBoundary.Claim?
            for claim in claims {
                if merged == nil { merged = claim } else { merged?.merge(claim) }
            }
            return DerivedBoundary.tags(ofWay: { tags[$0] }, claim: merged).map {
                $0.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
            }
        }
        #expect(derived([:], [state, country]) == "tuile:boundary_level=2")
        #expect(derived([:], [state]) == "tuile:boundary_level=4")
        #expect(derived([:], [dispute]) == "tuile:disputed=yes")
        #expect(derived([:], [stateDispute, country]) == "tuile:boundary_level=2, tuile:disputed=yes")
        // Shortbread 1.1, "disputed": no admin_level, or 2 or 4.
        #expect(derived([:], [localDispute, country]) == "tuile:boundary_level=2")
        #expect(derived([:], [localDispute, county]) == "tuile:boundary_level=6, tuile:disputed=yes")
        #expect(derived(["disputed": "yes"], []) == nil)
        #expect(derived([:], [dispute, state]) == "tuile:boundary_level=4, tuile:disputed=yes")
        #expect(derived(["disputed": "yes"], [country]) == "tuile:boundary_level=2, tuile:disputed=yes")
        #expect(derived(["natural": "coastline"], [country]) == "tuile:boundary_level=2, tuile:maritime=yes")
        #expect(derived(["maritime": "yes"], [country]) == "tuile:boundary_level=2, tuile:maritime=yes")
        #expect(derived(["maritime": "no"], [country]) == "tuile:boundary_level=2")
        let maritime = try #require(
            claim(["type": "boundary", "boundary": "administrative", "admin_level": "2", "maritime": "yes"]))
        #expect(derived([:], [maritime, state]) == "tuile:boundary_level=2, tuile:maritime=yes")
        let claimed = try #require(claim(["type": "boundary", "boundary": "claim", "admin_level": "2"]))
        #expect(derived([:], [claimed]) == "tuile:claimed=yes")
        #expect(derived([:], [claimed, state]) == "tuile:boundary_level=4, tuile:claimed=yes")
    }

    @Test(arguments: [
        ("2", 2), ("12", 12), (" 4", 4), ("4 ", 4), ("4;6", 4), ("8; 6", 6), ("6,4", 4), ("6/7", 6), ("04", 4),
        ("0", nil),
        ("13", nil), ("-2", nil), ("4.5", nil), ("", nil), ("yes", nil), ("x;4", 4), ("99999999999999999999;3", 3),
        ("0;14", nil), ("٤", nil),
    ])
    func adminLevelIsTheSmallestNumberInRange(text: String, level: Int?) {
        #expect(DerivedBoundary.adminLevel(text) == level)
    }
}
