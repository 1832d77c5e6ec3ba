public import OSMModel

/// What a kind of problem is, for people who have not met it before.
public struct ProblemExplanation: Hashable, Sendable {
    /// A heading of a few words.
    public let title: String
    /// What was found.
    public let meaning: String
    /// Why it matters for a map.
    public let consequence: String
    /// What a mapper should do.
    public let advice: String
}

extension ProblemKind {
    /// The catalogue. A switch, so that a new kind does not compile without its explanation.
    public var explanation: ProblemExplanation {
        switch self {
        case .noPosition:
            ProblemExplanation(
                title: "Node without a position",
                meaning: "The node has no coordinates, or ones outside ±180 degrees of longitude and ±90 of latitude.",
                consequence: "It cannot be drawn, and ways through it have a gap.",
                advice:
                    "Usually the file is at fault, not the map: fetch it again. If the object looks the same on the "
                    + "website, move the node to where it belongs or delete it.")
        case .tooFewNodes:
            ProblemExplanation(
                title: "Way with fewer than two nodes",
                meaning: "The way lists no node, or only one.",
                consequence: "It has no length and is not drawn.",
                advice: "Delete the way. If its tags describe something real, put them on a node instead.")
        case .missingNodes:
            ProblemExplanation(
                title: "Way with missing nodes",
                meaning: "Some nodes of the way are not in the file, or have no position there.",
                consequence: "Only the stretches between nodes that are there are drawn; an area becomes a line.",
                advice: "At the edge of an extract this is how it was cut, and nothing is wrong with the map: take an "
                    + "extract that keeps ways complete. Elsewhere fetch the file again.")
        case .incompleteArea:
            ProblemExplanation(
                title: "Multipolygon or boundary with missing members",
                meaning: "Member ways of the relation, or nodes of theirs, are not in the file.",
                consequence: "Its rings may not close, so that the area may not be filled.",
                advice: "At the edge of an extract this is how it was cut: take a larger extract, or one that keeps "
                    + "multipolygons complete. Elsewhere look whether a member way was deleted.")
        case .unclosedRing:
            ProblemExplanation(
                title: "Ring that does not close",
                meaning: "The member ways do not join end to end to rings: at the place shown a line just ends.",
                consequence: "Inside and outside cannot be told apart, so the area is not filled.",
                advice:
                    "Open the relation at this place. Join the ends to one node, add the member that is missing, or "
                    + "remove the member that is too many.")
        case .crossingRings:
            ProblemExplanation(
                title: "Rings that cross",
                meaning: "Member ways cross or overlap each other without sharing a node.",
                consequence:
                    "What is inside one ring and outside the other is undecided; renderers fill it differently.",
                advice: "Open the relation at this place and move the lines apart, or make them share the stretch that "
                    + "is common to both.")
        case .beyondProjection:
            ProblemExplanation(
                title: "Area beyond the edge of web maps",
                meaning: "The multipolygon or boundary reaches beyond 85.05 degrees north or south.",
                consequence: "Web Mercator has no room for it there; it is cut or shown as lines.",
                advice: "Nothing: the data are right, and the projection of web maps ends there.")
        case .noMemberWays:
            ProblemExplanation(
                title: "Multipolygon or boundary without ways",
                meaning: "The relation says that it is an area, but no way is among its members.",
                consequence: "There is no line to fill, so no area is drawn.",
                advice:
                    "Add the ways that enclose the area with the role outer, or change the relation's type if it is "
                    + "no area.")
        case .oldStyleMultipolygon:
            ProblemExplanation(
                title: "Multipolygon with its tags on the outer ways",
                meaning: "The relation has no tags that say what it is; its outer ways have them.",
                consequence: "It is drawn here, but most programs stopped reading this old style and show nothing, or "
                    + "an area without its holes.",
                advice: "Move the tags that describe the area from the outer ways to the relation.")
        case .missingMembers:
            ProblemExplanation(
                title: "Relation with missing members",
                meaning: "Some members of the relation are not in the file.",
                consequence: "A route or collection is shown only as far as its members are there.",
                advice: "At the edge of an extract this is how it was cut, and nothing is wrong. Elsewhere fetch the "
                    + "file again.")
        case .noMembersPresent:
            ProblemExplanation(
                title: "Relation of which nothing is there",
                meaning: "None of the relation's members is in the file, or it has none.",
                consequence: "It has no position and cannot be drawn or found by place.",
                advice: "If the relation is empty on the website too, delete it. Else the extract was cut there.")
        case .repeatedKey:
            ProblemExplanation(
                title: "Key given twice",
                meaning: "The object has the same key more than once. OpenStreetMap does not allow this.",
                consequence: "Programs differ in which value they take; here it is the first.",
                advice: "Usually the program that wrote the file is at fault. If the website shows both values too, "
                    + "keep the right one.")
        case .duplicateNode:
            ProblemExplanation(
                title: "Nodes on top of each other",
                meaning: "Another node of a lower id lies at exactly the same place, both are part of ways, and their "
                    + "tags are equal or they have none.",
                consequence: "Lines that look joined are not: routing stops there, and borders can drift apart.",
                advice: "Zoom in and look what lies there. Merge the nodes if the lines meet in reality; leave them if "
                    + "one passes over the other, as bridges and floors of a building do.")
        case .oddTag:
            ProblemExplanation(
                title: "Tag that cannot be read",
                meaning: "The value is not of the form that its key has, or the key or value begins or ends with a "
                    + "blank or holds a control character. The tag is shown with the problem.",
                consequence: "The tag is passed over: a bridge lies below the road, a place loses its rank, a speed "
                    + "limit is unknown.",
                advice:
                    "Look the key up in the OpenStreetMap wiki and write the value as it says. Remove blanks at the "
                    + "ends.")
        case .repeatedPlace:
            ProblemExplanation(
                title: "Two nodes in a row at one place",
                meaning: "Two different nodes follow each other in the way and lie at exactly the same place.",
                consequence: "The piece between them has no length, which confuses programs that work out angles and "
                    + "turns; moving one node later makes a spike.",
                advice: "Merge the two nodes.")
        case .unjoinedEnds:
            ProblemExplanation(
                title: "Ends that only look joined",
                meaning: "The first and last node of the way lie at exactly the same place but are different nodes.",
                consequence: "The way looks closed but is none: a building or lake with such an outline is not filled.",
                advice: "Merge the two nodes at the ends.")
        }
    }
}
