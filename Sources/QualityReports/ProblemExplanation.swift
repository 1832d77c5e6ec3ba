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
                meaning: "The lines do not join end to end to a ring: at the place shown one just ends. It is a "
                    + "member of an area, or a way that says area=yes.",
                consequence: "Inside and outside cannot be told apart, so the area is not filled.",
                advice: "Open the object at this place. Join the ends to one node, add the member that is missing, "
                    + "or remove the member that is too many. A way that is no area must not have area=yes.")
        case .crossingRings:
            ProblemExplanation(
                title: "Rings that cross",
                meaning: "Member ways cross or overlap each other without sharing a node.",
                consequence:
                    "What is inside one ring and outside the other is undecided; renderers fill it differently.",
                advice: "Open the relation at this place and move the lines apart, or make them share the stretch that "
                    + "is common to both.")
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
        case .selfCrossing:
            ProblemExplanation(
                title: "Outline that crosses itself",
                meaning: "The closed way is an area, and at the place shown it crosses, overlaps or touches itself "
                    + "where it has no common node.",
                consequence: "What is inside is undecided, as in a figure of eight: here both loops count, "
                    + "other programs fill it differently or leave it out.",
                advice: "Open the way at this place. Usually a node was dragged too far or two nodes are in the "
                    + "wrong order: put them right. If it really is two areas that meet, make two ways.")
        case .duplicateSegment:
            ProblemExplanation(
                title: "Stretch that is there twice",
                meaning: "Two segments with the same ends belong to the outline of one area, in one way or in two "
                    + "members, and they are not the common side of two inner rings.",
                consequence: "The two cancel each other out, so that the area may have a gap, a spike or a missing "
                    + "part.",
                advice: "Open the object at this place. If a way runs there and back, remove the spike. If two "
                    + "members share the stretch, keep it in one of them only.")
        case .roleMismatch:
            ProblemExplanation(
                title: "Role that does not fit",
                meaning: "A member of the area says inner but bounds it from outside, or says outer but bounds a "
                    + "hole.",
                consequence: "Here the shape decides and the area is right; programs that trust roles fill the hole "
                    + "or drop a part.",
                advice: "Look whether the ring lies inside another one, and set the member's role to inner or outer "
                    + "accordingly. If the shape is wrong and not the role, repair the way.")
        case .repeatedMember:
            ProblemExplanation(
                title: "Way that is twice a member",
                meaning: "The same way is listed more than once among the members of the area.",
                consequence: "Here it counts once; elsewhere it may cancel itself out, so that the ring does not "
                    + "close.",
                advice: "Remove the member that is too many. If the roles differ, keep the one that fits the shape.")
        case .repeatedNode:
            ProblemExplanation(
                title: "Node twice in a row",
                meaning: "The way lists the same node two times, one straight after the other.",
                consequence: "The piece between them has no length; it is passed over here, but may upset programs "
                    + "that work out angles.",
                advice: "Remove the repetition: editors do so by themselves when the way is changed and saved, "
                    + "JOSM's validator with Fix.")
        case .relationCycle:
            ProblemExplanation(
                title: "Relations that contain themselves",
                meaning: "Following members from this relation leads back to it, directly or through other "
                    + "relations. It is the one with the lowest id of those in the circle.",
                consequence: "There is no whole of which the others are parts: programs that follow members stop at "
                    + "the circle or run on for ever.",
                advice: "Look at the members that are relations and remove the one that points back up, from the "
                    + "part to the whole.")
        case .coastlineGap:
            ProblemExplanation(
                title: "Gap in the coastline",
                meaning: "The coastline breaks off here and goes on a little further.",
                consequence: "Here the gap was closed with a straight line. Elsewhere the sea may run over the "
                    + "land, or a whole coast may not be updated until the gap is mended.",
                advice: "Join the two ends to one node, or add natural=coastline to the way that lies between them.")
        case .coastlineEnd:
            ProblemExplanation(
                title: "Coastline that ends",
                meaning: "The coastline ends inside the extract, and no other end was near enough to join it to.",
                consequence: "Which side is water cannot be carried on from here, so the sea may be missing around "
                    + "it.",
                advice: "Look where the shore goes on: add the way that is missing, or its tag natural=coastline. "
                    + "If the extract was cut without its coastline, take one that keeps ways complete.")
        case .coastlineCrossing:
            ProblemExplanation(
                title: "Coastline that crosses coastline",
                meaning: "At the place shown the coastline crosses or overlaps itself or another coastline without "
                    + "a common node.",
                consequence: "Land and water change sides there. Here the lines are cut where they meet, and where "
                    + "they disagree it stays land; elsewhere a sliver of sea lies on land, or of land in the sea.",
                advice: "Move the lines apart, or delete the one that is out of date. A coastline may touch another "
                    + "one in no point at all.")
        case .coastlineDirection:
            ProblemExplanation(
                title: "Coastline with the water on the wrong side",
                meaning: "Coastline has land on its left and water on its right. This one says otherwise than other "
                    + "coastline beside it, or than what lies around it.",
                consequence: "An island becomes a lake, or a bay becomes land.",
                advice: "Check which side is water and reverse the way. If it is the shore of a lake, use "
                    + "natural=water in place of natural=coastline.")
        case .coastlineDuplicate:
            ProblemExplanation(
                title: "Coastline that is there twice",
                meaning: "The same stretch of coastline is there a second time.",
                consequence: "Two that run the same way count once here; two that run against each other leave no "
                    + "coast, and no sea beside it.",
                advice: "Delete the copy, or take natural=coastline off it if the way describes something else as "
                    + "well.")
        case .coastlineFlood:
            ProblemExplanation(
                title: "Coastline that would flood the land",
                meaning: "As the coastline lies, buildings, streets or places would be in the sea.",
                consequence: "No sea is drawn around here, so that nothing that is known to be land is under water.",
                advice: "Somewhere along this coastline a piece is missing or runs the wrong way round: follow it "
                    + "in both directions, and repair the gaps and directions that the report tells near by first.")
        case .oddTag:
            ProblemExplanation(
                title: "Tag that cannot be read",
                meaning: "The value is not of the form that its key has, or the key or value begins or ends with a "
                    + "blank or holds a line break or control character. The tag is shown with the problem.",
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
