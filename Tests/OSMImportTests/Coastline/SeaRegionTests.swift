import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import Testing

/// Which bounds the sea reaches to, also across 180 degrees and at the poles.
@Suite struct SeaRegionTests {
    private static func builder(_ text: String, bounds: [Double]? = nil) throws -> OSMBuilder {
        var builder = try OSMBuilder(text)
        if let bounds {
            let corners = bounds.map { Int32(($0 * 1e7).rounded()) }
            builder.header.bounds = (
                GeoCoordinate(longitude: corners[0], latitude: corners[1]),
                GeoCoordinate(longitude: corners[2], latitude: corners[3])
            )
        }
        return builder
    }

    private static func at(_ longitude: Double, _ latitude: Double) -> WorldPoint {
        WebMercator.worldPoint(
            GeoCoordinate(
                longitude: Int32((longitude * 1e7).rounded()), latitude: Int32((latitude * 1e7).rounded())))
    }

    private static let island = """
        n1 x10.02 y50.02
        n2 x10.06 y50.02
        n3 x10.06 y50.06
        n4 x10.02 y50.06
        w1 Nn1,n2,n3,n4,n1 Tnatural=coastline
        """

    @Test func theHeadersBoundsCountWhenTheyFitTheNodes() async throws {
        let sea = try await MadeUpSea(Self.builder(Self.island, bounds: [10, 50, 10.1, 50.1])) { _ in }
        #expect(sea.isSea(Self.at(10.01, 50.01)) == true)
        #expect(sea.isSea(Self.at(10.04, 50.04)) == false)
    }

    @Test(arguments: [
        ([0.0, 0, 180, 90], "times as large as the box of its nodes"),
        ([20, 50, 20.1, 50.1], "hold only 0 % of its nodes"),
        ([10.059, 50.059, 10.1, 50.1], "hold only 25 % of its nodes"),
        ([10, 50.1, 10.1, 50], "lie outside the world, or have no area"),
        ([10, 50, 10, 50.1], "lie outside the world, or have no area"),
        ([10, 50, 190, 50.1], "lie outside the world, or have no area"),
    ])
    func aHeaderThatDoesNotFitGivesWayToTheBoxOfTheNodesAndIsRemarked(bounds: [Double], text: String) async throws {
        let sea = try await MadeUpSea(Self.builder(Self.island, bounds: bounds)) { _ in }
        #expect(sea.share == 0)
        #expect(sea.imported.report.remarks.count == 1)
        #expect(sea.imported.report.remarks.first?.text.contains(text) == true)
    }

    @Test func boundsThatCannotBeReadAreRemarked() async throws {
        var builder = try Self.builder(Self.island)
        builder.header.hasUnreadableBounds = true
        let sea = try await MadeUpSea(builder) { _ in }
        #expect(sea.imported.report.remarks == [.unreadableBounds])
    }

    @Test func boundsThatAreNotAskedForOrFitAreNotRemarked() async throws {
        let unfit = try Self.builder(Self.island, bounds: [0, 0, 180, 90])
        for options in [
            { $0.mode = .none },
            {
                $0.bounds = (
                    GeoCoordinate(longitude: 100_000_000, latitude: 500_000_000),
                    GeoCoordinate(longitude: 101_000_000, latitude: 501_000_000)
                )
            },
        ] as [(inout SeaOptions) -> Void] {
            #expect(try await MadeUpSea(unfit, configure: options).imported.report.remarks == [])
        }
        let fit = try await MadeUpSea(Self.builder(Self.island, bounds: [10, 50, 10.1, 50.1])) { _ in }
        #expect(fit.imported.report.remarks == [])
        #expect(try await MadeUpSea(Self.builder(Self.island)) { _ in }.imported.report.remarks == [])
    }

    /// A coast from west to east, in an extract that says nothing of its bounds.
    @Test func nodesOnOneLineMakeNoSeaAndThatIsRemarked() async throws {
        let straight = "n1 x10 y50\nn2 x10.1 y50\n"
        for (text, mode, remarks) in [
            (straight + "w1 Nn1,n2 Tnatural=coastline", .auto, [.regionWithoutArea]),
            (straight + "w1 Nn1,n2 Thighway=service", .auto, []),
            (straight + "w1 Nn1,n2 Thighway=service", .ocean, [.regionWithoutArea]),
            (straight + "w1 Nn1,n2 Tnatural=coastline", .none, []),
        ] as [(String, SeaMode, [ImportRemark])] {
            let sea = try await MadeUpSea(Self.builder(text)) { $0.mode = mode }
            #expect(sea.imported.report.remarks == remarks, "\(text)")
            #expect(sea.pieceCount == 0)
        }
    }

    @Test func aPolygonBoundsTheSea() async throws {
        let polygon = try ExtractPolygon(
            parsing: """
                test
                1
                  10.00 50.00
                  10.08 50.00
                  10.00 50.08
                END
                !2
                  10.005 50.005
                  10.010 50.005
                  10.010 50.010
                  10.005 50.010
                END
                END
                """)
        let sea = try await MadeUpSea(Self.builder(Self.island)) { $0.polygon = polygon }
        #expect(sea.isSea(Self.at(10.002, 50.002)) == true)
        #expect(sea.isSea(Self.at(10.007, 50.007)) == false)
        #expect(sea.isSea(Self.at(10.03, 50.03)) == false)
        #expect(sea.isSea(Self.at(10.07, 50.005)) == true)
        #expect(sea.isSea(Self.at(10.07, 50.07)) == false)
    }

    @Test func anIslandOnTheDateLineDrawnInOneWay() async throws {
        let text = """
            n1 x179.98 y-17
            n2 x-179.98 y-17
            n3 x-179.98 y-16.98
            n4 x179.98 y-16.98
            w1 Nn1,n2,n3,n4,n1 Tnatural=coastline
            """
        for bounds in [[179.9, -17.1, -179.9, -16.9], nil] as [[Double]?] {
            let sea = try await MadeUpSea(Self.builder(text, bounds: bounds)) { _ in }
            for longitude in [179.99, 179.99999, -180, -179.99] {
                #expect(sea.isSea(Self.at(longitude, -16.99)) == false)
            }
            if bounds == nil { continue }
            for longitude in [179.95, 179.99, -179.99, -179.95] {
                #expect(sea.isSea(Self.at(longitude, -17.05)) == true, "\(longitude)")
            }
            #expect(sea.problems == [])
        }
    }

    /// "Coast is split at ±180; rings closed along the meridian are artefacts."
    @Test func anIslandCutAlongTheDateLineIsOne() async throws {
        let text = """
            n1 x179.98 y-17
            n2 x180 y-17
            n3 x180 y-16.98
            n4 x179.98 y-16.98
            n5 x-180 y-17
            n6 x-179.98 y-17
            n7 x-179.98 y-16.98
            n8 x-180 y-16.98
            w1 Nn1,n2,n3,n4,n1 Tnatural=coastline
            w2 Nn5,n6,n7,n8,n5 Tnatural=coastline
            """
        let sea = try await MadeUpSea(Self.builder(text, bounds: [179.9, -17.1, -179.9, -16.9])) { _ in }
        for longitude in [179.99, 179.999999, -179.999999, -179.99] {
            #expect(sea.isSea(Self.at(longitude, -16.99)) == false)
            #expect(sea.isSea(Self.at(longitude, -16.95)) == true)
        }
        #expect(sea.problems == [])
        #expect(sea.pieceCount == 2)
    }

    /// "Antarctica: the one chain that is open in OSM."
    @Test func antarcticaIsClosedOverThePole() async throws {
        let text = """
            n1 x180 y-77.5
            n2 x90 y-66
            n3 x0 y-70
            n4 x-90 y-73
            n5 x-180 y-77.5
            w1 Nn1,n2,n3,n4,n5 Tnatural=coastline
            """
        let sea = try await MadeUpSea(Self.builder(text)) {
            $0.bounds = (
                GeoCoordinate(longitude: -1_800_000_000, latitude: -900_000_000),
                GeoCoordinate(longitude: 1_800_000_000, latitude: 900_000_000)
            )
        }
        #expect(sea.problems == [])
        #expect(sea.isSea(Self.at(0, -80)) == false)
        #expect(sea.isSea(Self.at(179, -84)) == false)
        #expect(sea.isSea(Self.at(-179, -70)) == true)
        #expect(sea.isSea(Self.at(45, 0)) == true)
        #expect(sea.isSea(Self.at(45, 84)) == true)
    }
}
