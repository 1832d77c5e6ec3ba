import ArgumentParser
import FeatureQueries
import FeatureStorage
import OSMModel
import SystemIO

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Find features by tags, place, distance or id.",
        discussion: """
            A selector is letters and conditions: n nodes, w ways, r relations, a areas; [key], [!key], [key=value,value], \
            [key!=value], [key~regex], [key<10]. 'na[amenity=cafe]' finds cafes that are nodes or areas; several selectors, \
            with commas or spaces between, find what any of them does. Without a selector everything is found.
            """)

    @Argument(help: "The store.") var store: String
    @Argument(help: "What to find.") var selector: String?
    @Option(
        parsing: .unconditional,
        help: "Only features that touch this box: west,south,east,north in degrees; west > east crosses 180.")
    var bbox: String?
    @Option(parsing: .unconditional, help: "The nearest features to longitude,latitude, nearest first.") var near:
        String?
    @Option(help: "With --near: none farther than this, in metres.") var distance: String?
    @Option(help: "Only these, as n17,w4,r9.") var id: String?
    @Option(help: "Only members of this relation, r9, and members of its member relations.") var memberOf: String?
    @Option(help: "At most so many (with --near 10 unless given).") var limit: String?
    @Option(help: "geojson, geojsonseq (one feature a line), csv, count.") var format: String = "geojson"
    @Option(help: "With --format csv: columns, of id, lon, lat, name, tags, relations or any key.") var columns: String?
    @Flag(help: "With GeoJSON: the relations that each feature is a member of, as a member 'relations'.")
    var relations =
        false
    @Flag(help: "The same as --format count.") var count = false
    @Flag(help: "End with exit code 1 when nothing is found.") var failEmpty = false

    func validate() throws {
        if distance != nil, near == nil { throw ValidationError("--distance needs --near") }
        if relations, count || !format.lowercased().hasPrefix("geojson") {
            throw ValidationError("--relations needs --format geojson or geojsonseq; CSV has a column 'relations'")
        }
        if columns != nil, format != "csv" { throw ValidationError("--columns needs --format csv") }
    }

    func run() throws {
        var query = FeatureQuery()
        query.selectors = try selector.map { try FeatureSelectorList(parsing: $0) }
        query.box = try bbox.map { try QueryBox(parsing: $0) }
        query.near = try near.map {
            try QueryPlace(parsing: $0, maximumDistance: distance.map { try FeatureQuery.distance(parsing: $0) })
        }
        query.ids = try id.map { try FeatureQuery.ids(parsing: $0) }
        query.memberOf = try memberOf.map { try FeatureQuery.relation(parsing: $0) }
        query.limit = try limit.map { try FeatureQuery.limit(parsing: $0) }
        let outputFormat = count ? .count : try FeatureOutputFormat(parsing: format)
        let chosenColumns = try columns.map { try CSVColumn.list(parsing: $0) } ?? CSVColumn.standard
        var runner = FeatureQueryRunner(store: try FeatureStore(path: store), query: query)
        var out = StandardOutput()
        let found = try runner.write(outputFormat, columns: chosenColumns, withRelations: relations) {
            try out.append($0)
        }
        try out.flush()
        if found == 0, failEmpty { throw CommandFailure(status: .notSo, message: "") }
    }
}
