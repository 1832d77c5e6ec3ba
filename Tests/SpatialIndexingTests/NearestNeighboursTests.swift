import SpatialIndexing
import TestSupport
import Testing

@Suite struct NearestNeighboursTests {
    @Test func theBestOfManyOffersAreKeptWhateverTheirOrder() {
        var random = SeededGenerator(seed: 60)
        for limit in [1, 2, 3, 7, 50, 500] {
            let offers = (0..<300).map { number in
                NearestNeighbours<Int>.Neighbour(
                    distance: Double(Int.random(in: 0..<40, using: &random)), key: number, tree: 0, entry: number)
            }
            var nearest = NearestNeighbours<Int>(limit: limit, maximumDistance: 30)
            for offer in offers.shuffled(using: &random) { nearest.offer(offer) }
            let expected = Array(offers.filter { $0.distance <= 30 }.sorted().prefix(limit))
            #expect(nearest.sorted() == expected)
            #expect(nearest.count == expected.count)
        }
    }

    @Test func theDistanceToBeatIsTheLastNeighboursOnceThereAreEnough() {
        var nearest = NearestNeighbours<Int>(limit: 2, maximumDistance: 100)
        #expect(nearest.distanceToBeat == 100)
        nearest.offer(.init(distance: 5, key: 1, tree: 0, entry: 1))
        #expect(nearest.distanceToBeat == 100)
        nearest.offer(.init(distance: 8, key: 2, tree: 0, entry: 2))
        #expect(nearest.distanceToBeat == 8)
        nearest.offer(.init(distance: 6, key: 3, tree: 0, entry: 3))
        #expect(nearest.distanceToBeat == 6)
        nearest.removeAll()
        #expect(nearest.distanceToBeat == 100)
        #expect(nearest.sorted().isEmpty)
    }

    @Test func noLimitNoNeighbours() {
        var nearest = NearestNeighbours<Int>(limit: 0)
        nearest.offer(.init(distance: 0, key: 0, tree: 0, entry: 0))
        #expect(nearest.sorted().isEmpty)
        #expect(nearest.distanceToBeat == -.infinity)
    }

    @Test func aDistanceThatIsNoNumberIsNoNeighbour() {
        var nearest = NearestNeighbours<Int>(limit: 3)
        nearest.offer(.init(distance: .nan, key: 0, tree: 0, entry: 0))
        #expect(nearest.sorted().isEmpty)
    }

    @Test func aNegativeLimitIsTheCallersMistake() async {
        await #expect(processExitsWith: .failure) { _ = NearestNeighbours<Int>(limit: -1) }
    }
}
