import OSMModel
import PlanarGeometry
import QualityReports
import Testing

@Suite("Links to objects")
struct ObjectLinksTests {
    @Test("The website, iD and JOSM are asked for the object by kind and number")
    func links() throws {
        let place = GeoCoordinate(longitude: 95_212_345, latitude: -471_000_000)
        let way = try #require(ObjectLinks(ElementID(.way, 4), at: place))
        #expect(way.website == "https://www.openstreetmap.org/way/4")
        #expect(way.editor == "https://www.openstreetmap.org/edit?way=4#map=19/-47.1/9.5212345")
        #expect(way.josm == "http://127.0.0.1:8111/load_object?objects=w4")
        let node = try #require(ObjectLinks(ElementID(.node, 17)))
        #expect(node.editor == "https://www.openstreetmap.org/edit?node=17")
        #expect(ObjectLinks(ElementID(.relation, 9))?.website == "https://www.openstreetmap.org/relation/9")
    }

    @Test("What was never uploaded has no link", arguments: [Int64(0), -1, .min])
    func notUploaded(_ number: Int64) {
        #expect(ObjectLinks(ElementID(.node, number)) == nil)
    }
}
