import FeatureStorage
import OSMImport
import OSMModel
import PlanarGeometry
import Testing

/// What is sea where no coastline tells, and what is left out because it would flood land.
@Suite struct SeaDecisionTests {
    private static let house = """
        n301 x0.050 y0.050
        n302 x0.051 y0.050
        n303 x0.051 y0.051
        w301 Nn301,n302,n303,n301 Tbuilding=yes
        """
    private static let ferry = """
        n401 x0.010 y0.010
        n402 x0.090 y0.090
        w401 Nn401,n402 Troute=ferry
        """

    @Test(arguments: [
        (house, SeaMode.auto, false), (ferry, .auto, true), (house + "\n" + ferry, .auto, false), ("", .auto, false),
        (ferry, .land, false), (house, .ocean, true), ("", .ocean, true),
    ])
    func withoutCoastlineTheRestOrTheOptionDecides(more: String, mode: SeaMode, isSea: Bool) async throws {
        let sea = try await MadeUpSea([], more: more) {
            $0.mode = mode
            $0.bounds = MadeUpSea.square
        }
        #expect(sea.isSea(30, 70) == isSea)
        #expect(sea.share == (isSea ? 1 : 0))
        #expect(sea.imported.report.metadata.sea?.derivation == (mode == .auto ? .context : .stated))
    }

    @Test func noneMakesNoSea() async throws {
        let sea = try await MadeUpSea(["50,-10 50,110"]) {
            $0.mode = .none
            $0.bounds = MadeUpSea.square
        }
        #expect(sea.pieceCount == 0)
        #expect(sea.imported.report.metadata.sea == nil)
    }

    @Test func aModeSaysNothingAgainstTheCoastline() async throws {
        let sea = try await MadeUpSea(["50,-10 50,110"]) {
            $0.mode = .land
            $0.bounds = MadeUpSea.square
        }
        #expect(sea.picture("10,50 90,50") == ".~")
        #expect(sea.imported.report.metadata.sea?.derivation == .coastline)
    }

    private static func houses(_ count: Int, x: Double, y: Double, from first: Int) -> String {
        (0..<count).map { number in
            let id = first + number * 10
            let (left, bottom) = ((x + Double(number % 10)) / 1000, (y + Double(number / 10)) / 1000)
            return """
                n\(id) x\(left) y\(bottom)
                n\(id + 1) x\(left + 0.0004) y\(bottom)
                n\(id + 2) x\(left + 0.0004) y\(bottom + 0.0004)
                w\(id) Nn\(id),n\(id + 1),n\(id + 2),n\(id) Tbuilding=yes
                """
        }.joined(separator: "\n")
    }

    /// "Sanity check: sample points of tagged land must not fall in ocean."
    @Test func aSeaFullOfHousesIsLeftOut() async throws {
        let sea = try await MadeUpSea(
            ["50,110 50,-10"],
            more: Self.houses(40, x: 10, y: 40, from: 1000) + "\n" + Self.houses(5, x: 70, y: 40, from: 5000))
        #expect(sea.picture("10,80 90,80") == "..")
        #expect(sea.problems == ["coastline-flood w1"])
        #expect(sea.share == 0)
    }

    @Test func afewHousesInTheSeaAreNoFlood() async throws {
        let sea = try await MadeUpSea(
            ["50,-10 50,110"],
            more: Self.houses(100, x: 10, y: 40, from: 1000) + "\n" + Self.houses(2, x: 70, y: 40, from: 5000))
        #expect(sea.picture("10,80 90,80") == ".~")
        #expect(sea.problems == [])
    }

    private static func streets(_ count: Int, x: Double, y: Double, from first: Int) -> String {
        (0..<count).map { number in
            let id = first + number * 10
            let (left, bottom) = ((x + Double(number % 20)) / 1000, (y + Double(number / 20)) / 1000)
            return """
                n\(id) x\(left) y\(bottom)
                n\(id + 1) x\(left + 0.0004) y\(bottom)
                w\(id) Nn\(id),n\(id + 1) Thighway=residential
                """
        }.joined(separator: "\n")
    }

    @Test func aSmallSeaIsLeftOutForAFewStreets() async throws {
        let sea = try await MadeUpSea(
            ["50,-10 50,110", "20,20 20,24 24,24 24,20 20,20"],
            more: Self.streets(500, x: 10, y: 30, from: 1000) + "\n" + Self.streets(3, x: 20.5, y: 22, from: 9000))
        #expect(sea.picture("22,23 90,80") == ".~")
        #expect(sea.problems == ["coastline-flood w2"])
    }

    /// Villas on stilts: every tenth building of the Maldives.
    @Test func housesOnStiltsDryNoSea() async throws {
        let sea = try await MadeUpSea(
            ["50,-10 50,110"],
            more: Self.houses(80, x: 10, y: 40, from: 1000) + "\n" + Self.houses(20, x: 70, y: 40, from: 5000) + "\n"
                + Self.streets(100, x: 10, y: 60, from: 9000))
        #expect(sea.picture("10,80 90,80") == ".~")
        #expect(sea.problems == [])
    }

    @Test func bridgesAndFloatingHousesAreNoLand() async throws {
        let more = """
            n501 x0.060 y0.050
            n502 x0.090 y0.050
            w501 Nn501,n502 Thighway=primary,bridge=yes
            w502 Nn501,n502 Thighway=residential,tunnel=yes
            w503 Nn501,n502 Tbuilding=yes,floating=yes
            w504 Nn501,n502 Thighway=footway
            """
        let sea = try await MadeUpSea(["50,-10 50,110"], more: more)
        #expect(sea.picture("90,80") == "~")
    }

    @Test func streetsInALobeOfCoastThatCrossesItselfAreNotFlooded() async throws {
        // Half the figure of eight is land, and the whole has no area of its own.
        let streets = (0..<10).map { number in
            let (x, y) = (0.0250 + Double(number) / 10_000, 0.0500 + Double(number) / 10_000)
            return "n\(900 + 2 * number) x\(x) y\(y)\nn\(901 + 2 * number) x\(x + 0.0001) y\(y)\n"
                + "w\(900 + number) Nn\(900 + 2 * number),n\(901 + 2 * number) Thighway=residential"
        }
        for coast in ["20,20 80,80 80,20 20,80 20,20", "20,40 80,90 80,10 20,60 20,40"] {
            let sea = try await MadeUpSea([coast], more: streets.joined(separator: "\n"))
            #expect(sea.isSea(25, 50) == false, "\(coast)")
            #expect(sea.problems.contains("coastline-crossing w1"))
        }
    }
}
