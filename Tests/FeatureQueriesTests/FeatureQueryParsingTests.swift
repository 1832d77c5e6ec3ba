import FeatureQueries
import OSMModel
import PlanarGeometry
import Testing

@Suite("Query options")
struct FeatureQueryParsingTests {
    @Test("A box is read as west, south, east, north")
    func box() throws {
        let box = try QueryBox(parsing: "9.51,47.13, 9.53 ,47.15")
        #expect([box.west, box.south, box.east, box.north] == [95_100_000, 471_300_000, 95_300_000, 471_500_000])
        #expect(!box.crossesAntimeridian)
        #expect(try QueryBox(parsing: "170,-10,-170,10").crossesAntimeridian)
        #expect(try QueryBox(parsing: "-180,-90,180,90").east == 1_800_000_000)
    }

    @Test(
        "What is no box is refused in one line that repeats it",
        arguments: [
            "", "1,2,3", "1,2,3,4,5", "a,2,3,4", "1,,3,4", "1,2,3,nan", "1,2,3,0x10", "1,2,3,inf", "181,0,182,1",
            "0,-91,1,0", "0,10,1,9", "1 2,3,4,5",
        ])
    func badBox(text: String) throws {
        let error = #expect(throws: FeatureQueryError.self) { try QueryBox(parsing: text) }
        let description = try #require(error).description
        #expect(description.contains("'\(text)'"))
        #expect(description.contains("expected west,south,east,north"))
        #expect(!description.contains("\n"))
    }

    @Test("A place is read as longitude, latitude")
    func place() throws {
        let place = try QueryPlace(parsing: "9.5215,47.1410", maximumDistance: 5)
        #expect(place.coordinate == GeoCoordinate(9.5215, 47.141))
        #expect(place.maximumDistance == 5)
        for text in ["", "1", "1,2,3", "x,1", "181,1", "1,91"] {
            let error = #expect(throws: FeatureQueryError.self) { try QueryPlace(parsing: text) }
            #expect(error?.description.contains("'\(text)'") == true)
        }
        #expect(throws: FeatureQueryError.badDistance(found: "-1.0")) {
            try QueryPlace(longitude: 1, latitude: 1, maximumDistance: -1)
        }
        #expect(throws: FeatureQueryError.badDistance(found: "nan")) {
            try QueryPlace(longitude: 1, latitude: 1, maximumDistance: .nan)
        }
    }

    @Test("Distances, limits, ids, columns and formats")
    func others() throws {
        #expect(try FeatureQuery.distance(parsing: "2.5e2") == 250)
        for text in ["", "-1", "5m", "inf"] {
            #expect(throws: FeatureQueryError.badDistance(found: text)) { try FeatureQuery.distance(parsing: text) }
        }
        #expect(try FeatureQuery.limit(parsing: "10") == 10)
        for text in ["", "-1", "1.5", "+1", "99999999999999999999"] {
            #expect(throws: FeatureQueryError.badLimit(found: text)) { try FeatureQuery.limit(parsing: text) }
        }
        #expect(
            try FeatureQuery.ids(parsing: "n17, w-4,r9") == [
                ElementID(.node, 17), ElementID(.way, -4), ElementID(.relation, 9),
            ])
        for text in ["", "17", "n", "a5", "n1,,w2", "n1 w2"] {
            #expect(throws: FeatureQueryError.self) { try FeatureQuery.ids(parsing: text) }
        }
        #expect(
            try CSVColumn.list(parsing: "id,lon,lat,tags,name,addr:street") == [
                .id, .longitude, .latitude, .tags, .value(key: "name"), .value(key: "addr:street"),
            ])
        #expect(throws: FeatureQueryError.self) { try CSVColumn.list(parsing: "id,,lat") }
        #expect(try FeatureOutputFormat(parsing: "GeoJSON") == .geojson)
        #expect(throws: FeatureQueryError.badFormat(found: "xml")) { try FeatureOutputFormat(parsing: "xml") }
        #expect(
            FeatureQueryError.badFormat(found: "xml").description
                == "format 'xml': expected geojson, geojsonseq, csv, count")
    }
}
