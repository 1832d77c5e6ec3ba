import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import Testing

/// Deriving the ocean inside an extract, case by case: land is left of the coastline, water right.
@Suite struct SeaAssemblyTests {
    /// A square island, counter-clockwise.
    private static func island(_ x: Int, _ y: Int, _ size: Int) -> String {
        "\(x),\(y) \(x + size),\(y) \(x + size),\(y + size) \(x),\(y + size) \(x),\(y)"
    }

    /// The same clockwise: a sea in land.
    private static func lake(_ x: Int, _ y: Int, _ size: Int) -> String {
        "\(x),\(y) \(x),\(y + size) \(x + size),\(y + size) \(x + size),\(y) \(x),\(y)"
    }

    @Test func coastThatCrossesTheBoundsHasTheSeaOnItsRight() async throws {
        // Northwards: land in the west.
        let sea = try await MadeUpSea(["50,-10 50,30", "50,30 50,110"])
        #expect(sea.picture("10,50 40,5 60,5 90,50 99,99 1,99") == "..~~~.")
        #expect(sea.problems == [])
        #expect(abs(sea.share - 0.5) < 0.001)
    }

    @Test func coastAgainstTheWayHasTheSeaOnTheOtherSide() async throws {
        let sea = try await MadeUpSea(["50,110 50,30", "50,30 50,-10"])
        #expect(sea.picture("10,50 40,5 60,5 90,50") == "~~..")
    }

    @Test func islandsLakesAndIslandsInThemNestToAnyDepth() async throws {
        let sea = try await MadeUpSea([
            Self.island(10, 10, 80), Self.lake(20, 20, 60), Self.island(30, 30, 40), Self.lake(40, 40, 20),
            Self.island(45, 45, 10),
        ])
        #expect(sea.picture("5,50 15,50 25,50 35,50 42,50 50,50") == "~.~.~.")
        #expect(sea.problems == [])
        #expect(sea.pieceCount == 3)
    }

    @Test func onlyClockwiseRingsAreSeasInLand() async throws {
        let sea = try await MadeUpSea([Self.lake(20, 20, 30), Self.island(30, 30, 10)])
        #expect(sea.picture("5,5 25,25 35,35 90,90") == ".~..")
    }

    @Test func aRingOfSeveralWaysIsOneIsland() async throws {
        let sea = try await MadeUpSea(["20,20 60,20 60,60", "60,60 20,60", "20,60 20,20"])
        #expect(sea.picture("40,40 10,10 80,80") == ".~~")
        #expect(sea.pieceCount == 1)
    }

    @Test func waysMeetWhereTheirPlacesAreEqualWhateverTheIds() async throws {
        let more = """
            n101 x0.02 y0.02
            n102 x0.06 y0.02
            n103 x0.06 y0.06
            n104 x0.02 y0.06
            n105 x0.06 y0.06
            n106 x0.02 y0.02
            w101 Nn101,n102,n103 Tnatural=coastline
            w102 Nn105,n104,n106 Tnatural=coastline
            """
        let sea = try await MadeUpSea([], more: more)
        #expect(sea.picture("40,40 10,10") == ".~")
        #expect(sea.problems == [])
    }

    /// "Never join end to end, which would flip the water side."
    @Test func aRingWithOneHalfReversedIsNotJoinedEndToEnd() async throws {
        let sea = try await MadeUpSea(["20,20 60,20 60,60", "20,20 20,60 60,60"])
        #expect(sea.problems.contains { $0.hasPrefix("coastline-end") })
        // Nothing says that there is sea, and what does not close never floods.
        #expect(sea.picture("40,40") == ".")
    }

    @Test func anIslandTheWrongWayRoundInTheSeaIsTurned() async throws {
        let sea = try await MadeUpSea([Self.island(10, 10, 40), Self.lake(60, 60, 10)])
        #expect(sea.picture("30,30 65,65 90,90") == "..~")
        #expect(sea.problems == ["coastline-direction w2"])
    }

    @Test func anIslandInLandIsReportedAndMakesNoSea() async throws {
        let sea = try await MadeUpSea([Self.island(10, 10, 80), Self.island(40, 40, 10)])
        #expect(sea.picture("45,45 20,20 95,95") == "..~")
        #expect(sea.problems == ["coastline-direction w2"])
    }

    @Test func aSmallGapIsClosed() async throws {
        let sea = try await MadeUpSea(["20,20 60,20 60,60 20,60 20,20.05"])
        #expect(sea.picture("40,40 10,10") == ".~")
        #expect(sea.problems == ["coastline-gap w1"])
    }

    @Test func aWideGapIsClosedWhereNoCoastIsInTheWay() async throws {
        let sea = try await MadeUpSea(["20,20 60,20 60,60", "60,60 20,60 20,40"])
        #expect(sea.picture("40,40 10,10 15,30") == ".~~")
        #expect(sea.problems == ["coastline-gap w2"])
    }

    @Test func aGapIsNotClosedThroughOtherCoast() async throws {
        let sea = try await MadeUpSea(["30,30 70,30 70,70 30,70 30,60", Self.island(28, 44, 4)])
        #expect(sea.problems == ["coastline-end w1", "coastline-end w1"])
        #expect(sea.picture("50,50") == ".")
    }

    @Test func anEndNearTheBorderIsLedToIt() async throws {
        let sea = try await MadeUpSea(["50,3 50,50 50,95"])
        #expect(sea.picture("10,50 90,50 49,1 51,1 51,99") == ".~.~~")
        #expect(sea.problems == [])
    }

    @Test func aLongLooseEndMakesNoSea() async throws {
        let sea = try await MadeUpSea(["50,-5 50,50"])
        #expect(sea.picture("10,50 90,50") == "..")
        #expect(sea.problems == ["coastline-end w1"])
        #expect(sea.share == 0)
    }

    /// "Entries and exits do not alternate along the border: report, leave that region without sea."
    @Test func linesThatDisagreeLeaveTheFaceBetweenThemAsLand() async throws {
        // Both northwards: the face between is right of one and left of the other.
        let sea = try await MadeUpSea(["30,-5 30,105", "70,-5 70,105"])
        #expect(sea.picture("10,50 50,50 90,50") == "..~")
        #expect(sea.problems.allSatisfy { $0.hasPrefix("coastline-direction") })
        #expect(!sea.problems.isEmpty)
    }

    /// "Chain touches the border without crossing, or runs along it."
    @Test func coastAlongTheBorderIsInside() async throws {
        let sea = try await MadeUpSea(["0,20 30,20 30,60 0,60 0,20"])
        #expect(sea.picture("15,40 15,10 50,50 1,30 1,70") == ".~~.~")
        #expect(sea.problems == [])
    }

    /// "Piece passes exactly through a corner."
    @Test func coastThroughACornerCutsInTwo() async throws {
        let sea = try await MadeUpSea(["-10,-10 50,50 110,110"])
        #expect(sea.picture("20,80 80,20") == ".~")
        #expect(abs(sea.share - 0.5) < 0.001)
    }

    @Test func aRingOverTheCornerIsCutAtBothSides() async throws {
        let sea = try await MadeUpSea([Self.island(-20, -20, 50)])
        #expect(sea.picture("10,10 40,40 10,40 40,10") == ".~~~")
    }

    @Test func aRingThatLeavesTwiceMakesTwoLands() async throws {
        let sea = try await MadeUpSea(["-10,10 40,10 40,30 -5,30 -5,60 40,60 40,80 -10,80 -10,10"])
        #expect(sea.picture("20,20 20,45 20,70 60,50") == ".~.~")
    }

    /// "Two chains share a border point."
    @Test func linesThatMeetOnTheBorderKeepTheirOrder() async throws {
        let sea = try await MadeUpSea(["60,-10 50,0 60,50 60,110", "30,110 30,50 50,0 40,-10"])
        #expect(sea.picture("10,50 45,60 90,50") == "~.~")
    }

    @Test func islandsThatTouchInAPointAreBothLand() async throws {
        let sea = try await MadeUpSea([Self.island(20, 20, 20), Self.island(40, 40, 20)])
        #expect(sea.picture("30,30 50,50 30,50 50,30") == "..~~")
    }

    @Test func equalWaysCountOnceAndAreReported() async throws {
        let sea = try await MadeUpSea([Self.island(20, 20, 20), Self.island(20, 20, 20)])
        #expect(sea.picture("30,30 60,60") == ".~")
        #expect(sea.problems == ["coastline-duplicate w2"])
    }

    @Test func overlappingWaysAreReportedAndFloodNothing() async throws {
        let sea = try await MadeUpSea([Self.island(20, 20, 30), Self.island(40, 40, 30)])
        #expect(sea.problems.contains("coastline-crossing w1"))
        #expect(sea.picture("30,30 60,60 90,90") == "..~")
    }

    @Test func aSharedEdgeOfTwoIslandsIsNoCoast() async throws {
        let sea = try await MadeUpSea([Self.island(20, 20, 20), "40,20 60,20 60,40 40,40 40,20"])
        #expect(sea.picture("30,30 39.9,30 40.1,30 50,30 70,30") == "....~")
    }

    /// "natural=coastline on relations or nodes: ignore."
    @Test func coastlineOnNodesAndRelationsIsIgnored() async throws {
        let more = """
            n201 x0.01 y0.01 Tnatural=coastline
            n202 x0.02 y0.01
            n203 x0.02 y0.02
            w201 Nn201,n202,n203,n201 Tsource=x
            r201 Mw201@outer Ttype=multipolygon,natural=coastline
            """
        let sea = try await MadeUpSea([], more: more)
        #expect(sea.pieceCount == 0)
    }

    /// "Closed way natural=coastline + place=islet: still a ring."
    @Test func anIsletIsAPlaceAndCoast() async throws {
        let more = """
            n201 x0.02 y0.02
            n202 x0.04 y0.02
            n203 x0.04 y0.04
            w201 Nn201,n202,n203,n201 Tnatural=coastline,place=islet,name=I
            """
        let sea = try await MadeUpSea([], more: more)
        #expect(sea.picture("35,30 80,80") == ".~")
        #expect(try sea.imported.tags("w201")["place"] == "islet")
    }

    @Test func wayWithAMissingNodeBreaksThereAndIsMended() async throws {
        let more = """
            n201 x0.02 y0.02
            n202 x0.06 y0.02
            n203 x0.06 y0.06
            n205 x0.02 y0.06
            w201 Nn201,n202,n203,n204,n205,n201 Tnatural=coastline
            """
        let sea = try await MadeUpSea([], more: more)
        #expect(sea.picture("40,40 80,80") == ".~")
    }

    @Test func recordsAreForSchemasAlone() async throws {
        let sea = try await MadeUpSea([Self.island(20, 20, 20)])
        #expect(sea.imported.store.metadata.wayCount == 1)
        #expect(sea.imported.store.metadata.relationCount == 0)
        #expect(sea.imported.report.isBalanced)
        let northEast = try #require(sea.imported.store.metadata.northEast)
        #expect(northEast == GeoCoordinate(longitude: 400_000, latitude: 400_000))
        let shown = try #require(sea.imported.store.metadata.shownBounds)
        #expect(shown.northEast == MadeUpSea.square.northEast)
        #expect(sea.imported.store.metadata.sea == sea.imported.report.metadata.sea)
    }

    @Test func theSameAtAnyNumberOfThreads() async throws {
        let ways = [Self.island(10, 10, 80), Self.lake(20, 20, 60), "50,-10 55,5", Self.island(30, 30, 40)]
        let one = try await MadeUpSea(ways, threads: 1)
        let other = try await MadeUpSea(ways, threads: 5)
        #expect(one.imported.report.problems == other.imported.report.problems)
        #expect(one.imported.report.storeByteCount == other.imported.report.storeByteCount)
    }
}
