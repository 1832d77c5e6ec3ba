import Glibc
import PlanarGeometry

/// Repairs all polygons of a file (see `PolygonFile`), on one thread, writes the results to another, and prints for each
/// group of polygons the CPU seconds of the fastest of several rounds.
///
///     RepairBenchmark INPUT OUTPUT [ROUNDS]
///
/// Started by `Benchmarks/repair`, which makes the polygons, checks the results and runs GEOS beside it.
@main
struct RepairBenchmark {
    static func main() {
        let arguments = CommandLine.arguments
        let rounds = arguments.count > 3 ? Int(arguments[3]) ?? 1 : 1
        guard arguments.count >= 3, let input = PolygonFile(path: arguments[1]) else {
            print("usage: RepairBenchmark INPUT OUTPUT [ROUNDS]; INPUT as Benchmarks/repair writes it")
            exit(2)
        }
        let polygons = Polygons(input)
        var output = PolygonFile()
        output.isWorld = input.isWorld
        output.groupEnds = input.groupEnds
        var seconds = [Double](repeating: .infinity, count: input.groupEnds.count)
        var repairer = Repairer()
        for round in 0..<max(rounds, 1) {
            for group in input.groupEnds.indices {
                let first = group == 0 ? 0 : input.groupEnds[group - 1]
                let started = cpuSeconds()
                for polygon in first..<input.groupEnds[group] { repairer.repair(polygons, polygon) }
                seconds[group] = min(seconds[group], cpuSeconds() - started)
                if round == 0 {
                    for polygon in first..<input.groupEnds[group] {
                        repairer.repair(polygons, polygon)
                        repairer.append(to: &output)
                    }
                }
            }
        }
        guard output.write(to: arguments[2]) else {
            print("cannot write \(arguments[2])")
            exit(1)
        }
        for second in seconds { print(second) }
    }

    static func cpuSeconds() -> Double {
        var time = timespec()
        // The structure outlives the call.
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

/// The polygons in the form in which each grid takes them; made before the clock starts.
struct Polygons {
    struct WorldPolygon {
        var points: [WorldPoint] = []
        var partEnds: [Int] = []
        var isExterior: [Bool] = []
    }

    var isWorld: Bool
    var tile: [TilePolygonPath] = []
    var world: [WorldPolygon] = []

    init(_ file: PolygonFile) {
        isWorld = file.isWorld
        var ring = 0
        var point = 0
        for end in file.polygonEnds {
            var onTile = TilePolygonPath()
            var onWorld = WorldPolygon()
            while ring < end {
                while point < file.ringEnds[ring] {
                    let (x, y) = (file.coordinates[2 * point], file.coordinates[2 * point + 1])
                    if isWorld {
                        onWorld.points.append(WorldPoint(x: x, y: y))
                    } else {
                        onTile.rings.points.append(TilePoint(x: Int32(bitPattern: x), y: Int32(bitPattern: y)))
                    }
                    point += 1
                }
                if isWorld {
                    onWorld.partEnds.append(onWorld.points.count)
                    onWorld.isExterior.append(file.roles[ring] == 1)
                } else {
                    onTile.endRing(file.roles[ring] == 1 ? .exterior : .interior)
                }
                ring += 1
            }
            if isWorld { world.append(onWorld) } else { tile.append(onTile) }
        }
    }
}

/// Repairs one polygon after another and holds the last result.
struct Repairer {
    private var tileScratch = PolygonRepairScratch()
    private var worldScratch = WorldPolygonRepairScratch()
    private var tileResult = TilePath()
    private var worldResult = Geometry(type: .polygons)
    private var outcome = PolygonRepairOutcome.empty
    private var isWorld = false

    mutating func repair(_ polygons: Polygons, _ number: Int) {
        isWorld = polygons.isWorld
        if isWorld {
            let polygon = polygons.world[number]
            (outcome, worldResult) = WorldPolygonRepair.repair(
                points: polygon.points, partEnds: polygon.partEnds, isExterior: polygon.isExterior,
                scratch: &worldScratch)
        } else {
            outcome = PolygonRepair.repair(polygons.tile[number], into: &tileResult, scratch: &tileScratch)
        }
    }

    func append(to file: inout PolygonFile) {
        let base = file.coordinates.count / 2
        var start = 0
        for end in isWorld ? worldResult.partEnds : tileResult.partEnds {
            let range = start..<end
            let isExterior =
                isWorld
                ? RingArea.doubled(worldResult.points, range) > 0 : RingArea.doubled(tileResult.points, range) > 0
            file.roles.append(isExterior ? 1 : 0)
            file.ringEnds.append(base + end)
            start = end
        }
        for point in isWorld ? worldResult.points : [] { file.coordinates += [point.x, point.y] }
        for point in isWorld ? [] : tileResult.points {
            file.coordinates += [UInt32(bitPattern: point.x), UInt32(bitPattern: point.y)]
        }
        file.polygonEnds.append(file.ringEnds.count)
        switch outcome {
        case .valid: file.outcomes.append(0)
        case .rebuilt: file.outcomes.append(1)
        case .empty: file.outcomes.append(2)
        case .tooTangled: file.outcomes.append(3)
        }
    }
}
