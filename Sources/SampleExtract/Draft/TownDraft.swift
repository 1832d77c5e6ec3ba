import Glibc
import OSMModel

/// A tag as written: key and value.
typealias DraftTag = (key: String, value: String)

/// The elements of one town, numbered from 0 within their kinds, on the town's plan.
struct TownDraft {
    struct Node {
        var point: PlanPoint
        var tags: [DraftTag] = []
    }

    struct Way {
        /// Numbers of nodes.
        var nodes: [Int]
        var tags: [DraftTag]
    }

    struct Member {
        var kind: ElementKind
        /// `nil` for an element that the file does not hold.
        var number: Int?
        var role: String
    }

    struct Relation {
        var members: [Member]
        var tags: [DraftTag]
    }

    private(set) var nodes: [Node] = []
    private(set) var ways: [Way] = []
    private(set) var relations: [Relation] = []
    private var nodesByPlace: [PlanPoint: Int] = [:]

    /// The node at a place, to the decimetre; lines and rings that meet there share it.
    mutating func sharedNode(_ point: PlanPoint) -> Int {
        let place = PlanPoint((point.x * 10).rounded(), (point.y * 10).rounded())
        if let node = nodesByPlace[place] { return node }
        nodes.append(Node(point: point))
        nodesByPlace[place] = nodes.count - 1
        return nodes.count - 1
    }

    /// A node of its own, whatever else is there.
    @discardableResult
    mutating func ownNode(_ point: PlanPoint, _ tags: [DraftTag]) -> Int {
        nodes.append(Node(point: point, tags: tags))
        return nodes.count - 1
    }

    /// Adds tags to the node that lines share at a place.
    @discardableResult
    mutating func tagSharedNode(_ point: PlanPoint, _ tags: [DraftTag]) -> Int {
        let node = sharedNode(point)
        nodes[node].tags += tags
        return node
    }

    @discardableResult
    mutating func line(_ path: PlanPath, _ tags: [DraftTag]) -> Int {
        var references: [Int] = []
        for point in path {
            let node = sharedNode(point)
            if references.last != node { references.append(node) }
        }
        ways.append(Way(nodes: references, tags: tags))
        return ways.count - 1
    }

    @discardableResult
    mutating func ring(_ path: PlanPath, _ tags: [DraftTag]) -> Int { line(path.closed, tags) }

    @discardableResult
    mutating func way(nodes references: [Int], _ tags: [DraftTag]) -> Int {
        ways.append(Way(nodes: references, tags: tags))
        return ways.count - 1
    }

    @discardableResult
    mutating func relation(_ members: [Member], _ tags: [DraftTag]) -> Int {
        relations.append(Relation(members: members, tags: tags))
        return relations.count - 1
    }

    /// A multipolygon of one outer ring and some inner ones; every ring becomes a way without tags.
    @discardableResult
    mutating func multipolygon(outer: PlanPath, inner: [PlanPath], _ tags: [DraftTag]) -> Int {
        var members = [Member(kind: .way, number: ring(outer, []), role: "outer")]
        for hole in inner { members.append(Member(kind: .way, number: ring(hole, []), role: "inner")) }
        return relation(members, [("type", "multipolygon")] + tags)
    }
}
