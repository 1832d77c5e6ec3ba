// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target of ours. Dependencies keep their own.
let settings: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableExperimentalFeature("Lifetimes"),
]

/// The lowest layers run number loops in every test; without optimisation those are up to a hundred times slower.
let fastInDebug: [SwiftSetting] = settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A library of ours. Which target may import which is written once more, for people, in `Sources/README.md`;
/// `Tests/ArchitectureTests` compares that table with the imports.
func library(_ name: String, _ dependencies: [Target.Dependency], settings: [SwiftSetting] = settings) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

let package = Package(
    name: "tuile",
    products: [.executable(name: "tuile", targets: ["tuile"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        // Hummingbird's own foundations, which the server also uses directly.
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // System libraries
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CMalloc"),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        /// The map page and its style, inside the program.
        .target(name: "CEmbedded", exclude: ["page", "sample.osm.pbf", "schemas", "styles"]),

        // Layer 0
        library("ByteCoding", [], settings: fastInDebug),
        library("SystemIO", ["ByteCoding", "CZlib", "CDeflate", "CCrypto", "CMalloc"], settings: fastInDebug),
        library("PlanarGeometry", [], settings: fastInDebug),
        library("WorkPipeline", []),

        .target(
            name: "TestSupport", dependencies: ["ByteCoding", "ProtobufWire", "SystemIO"], path: "Tests/TestSupport",
            swiftSettings: settings),

        // Layer 1
        library("ProtobufWire", ["ByteCoding"], settings: fastInDebug),
        library("OSMModel", ["PlanarGeometry"], settings: fastInDebug),
        library("SpatialIndexing", ["ByteCoding", "PlanarGeometry"], settings: fastInDebug),
        library(
            "TileArchives",
            ["ByteCoding", "PlanarGeometry", "SystemIO", .product(name: "GRDB", package: "GRDB.swift")]),

        // Layer 2
        library("VectorTiles", ["ByteCoding", "PlanarGeometry", "ProtobufWire"], settings: fastInDebug),
        library(
            "OSMFormats",
            ["ByteCoding", "CExpat", "OSMModel", "PlanarGeometry", "ProtobufWire", "SystemIO", "WorkPipeline"],
            settings: fastInDebug),
        library(
            "FeatureStorage", ["ByteCoding", "OSMModel", "PlanarGeometry", "SpatialIndexing", "SystemIO"],
            settings: fastInDebug),
        library(
            "TileSchemas",
            ["ByteCoding", "CEmbedded", "OSMModel", "SystemIO", .product(name: "Yams", package: "Yams")]),

        // Layer 3
        library(
            "OSMImport",
            ["ByteCoding", "FeatureStorage", "OSMModel", "PlanarGeometry", "SystemIO", "TileSchemas", "WorkPipeline"],
            settings: fastInDebug),
        library(
            "TileGeneration",
            [
                "ByteCoding", "FeatureStorage", "OSMModel", "PlanarGeometry", "SystemIO", "TileArchives", "TileSchemas",
                "VectorTiles", "WorkPipeline",
            ], settings: fastInDebug),
        library(
            "FeatureQueries",
            ["ByteCoding", "FeatureStorage", "OSMModel", "PlanarGeometry", "SpatialIndexing"],
            settings: fastInDebug),
        library(
            "QualityReports", ["ByteCoding", "FeatureQueries", "OSMModel", "PlanarGeometry"], settings: fastInDebug),

        library(
            "TileVerification", ["ByteCoding", "PlanarGeometry", "SystemIO", "TileArchives", "VectorTiles"],
            settings: fastInDebug),

        // Layer 4
        library(
            "TileServing",
            [
                "ByteCoding", "CEmbedded", "FeatureQueries", "FeatureStorage", "OSMModel", "PlanarGeometry",
                "QualityReports", "SystemIO", "TileArchives", "TileGeneration",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        library("SampleExtract", ["OSMFormats", "OSMModel", "PlanarGeometry"], settings: fastInDebug),

        // Layer 5
        .executableTarget(
            name: "tuile",
            dependencies: [
                "CEmbedded", "FeatureQueries", "FeatureStorage", "OSMFormats", "OSMImport", "OSMModel",
                "PlanarGeometry", "QualityReports", "SampleExtract", "SystemIO",
                "TileArchives", "TileGeneration", "TileSchemas", "TileServing", "TileVerification",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),

        // Tests
        tests("ArchitectureTests", []),
        tests("ByteCodingTests", ["ByteCoding"]),
        tests("SystemIOTests", ["ByteCoding", "SystemIO"]),
        tests("PlanarGeometryTests", ["PlanarGeometry"]),
        tests("WorkPipelineTests", ["WorkPipeline"]),
        tests("ProtobufWireTests", ["ByteCoding", "ProtobufWire"]),
        tests("OSMModelTests", ["OSMModel"]),
        tests("SpatialIndexingTests", ["ByteCoding", "PlanarGeometry", "SpatialIndexing"]),
        tests(
            "TileArchivesTests",
            ["ByteCoding", "PlanarGeometry", "SystemIO", "TileArchives", .product(name: "GRDB", package: "GRDB.swift")]),
        tests("VectorTilesTests", ["ByteCoding", "PlanarGeometry", "ProtobufWire", "SystemIO", "VectorTiles"]),
        tests(
            "OSMFormatsTests",
            ["ByteCoding", "OSMFormats", "OSMModel", "PlanarGeometry", "ProtobufWire", "SystemIO"]),
        tests(
            "FeatureStorageTests",
            ["ByteCoding", "FeatureStorage", "OSMModel", "PlanarGeometry", "SpatialIndexing", "SystemIO"]),
        tests("TileSchemasTests", ["OSMModel", "TileSchemas"]),
        tests(
            "OSMImportTests",
            [
                "ByteCoding", "FeatureStorage", "OSMImport", "OSMModel", "PlanarGeometry", "SystemIO", "TileSchemas",
                "WorkPipeline",
            ]),
        tests(
            "FeatureQueriesTests",
            ["ByteCoding", "FeatureQueries", "FeatureStorage", "OSMModel", "PlanarGeometry", "SystemIO"]),
        tests("QualityReportsTests", ["FeatureQueries", "OSMModel", "PlanarGeometry", "QualityReports"]),
        tests(
            "TileGenerationTests",
            [
                "ByteCoding", "FeatureStorage", "OSMImport", "OSMModel", "PlanarGeometry", "SystemIO", "TileArchives",
                "TileGeneration", "TileSchemas", "VectorTiles", "WorkPipeline",
            ]),
        tests(
            "TileVerificationTests",
            ["ByteCoding", "PlanarGeometry", "SystemIO", "TileArchives", "TileVerification", "VectorTiles"]),
        tests(
            "TileServingTests",
            [
                "ByteCoding", "OSMModel", "PlanarGeometry", "QualityReports", "SystemIO", "TileArchives", "TileServing",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        tests(
            "SampleExtractTests", ["OSMFormats", "OSMModel", "PlanarGeometry", "SampleExtract"]),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)

/// Benchmarks with sources of their own; plain builds do without them. See `Benchmarks/README.md`.
func benchmark(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency], exclude: [String] = []
) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: path, exclude: exclude, swiftSettings: settings)
}

if Context.environment["TUILE_BENCHMARKS"] != nil {
    package.targets += [
        benchmark("RepairBenchmark", "Benchmarks/Repair", ["PlanarGeometry"]),
        benchmark(
            "IndexBenchmark", "Benchmarks/SpatialIndex",
            ["ByteCoding", "PlanarGeometry", "SpatialIndexing", "SystemIO"], exclude: ["boost.cpp"]),
        benchmark("ReadingBenchmark", "Benchmarks/Reading", ["OSMFormats", "OSMModel", "SystemIO"]),
    ]
}
