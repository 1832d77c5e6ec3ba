/// Houses along the streets: rows in the old town, single ones outside, none in anything's way.
extension TownPlan {
    mutating func buildHouses() {
        let ring = streets.first { $0.role == .boulevard }?.path ?? []
        for street in streets where !street.isRing || street.role == .boulevard {
            let middle = street.path.place(at: street.path.pathLength / 2).point
            let isOld = ring.contains(middle) && street.role != .boulevard
            for side in [1.0, -1] {
                if isOld || (street.role == .boulevard && side > 0) {
                    buildRow(street, side)
                } else if let share = TownPlan.shareOfBuiltLots(street) {
                    buildVillas(street, side, share: share)
                }
            }
        }
    }

    /// How many of the lots along a street have a house; `nil` for roads that houses keep away from.
    private static func shareOfBuiltLots(_ street: Street) -> Double? {
        switch (street.kind, street.role) {
        case ("residential", _): 0.67
        case ("living_street", _): 0.9
        case ("tertiary", _), ("primary", .eastRoad), ("secondary", .southRoad), ("secondary", .northRoad),
            ("unclassified", .lane):
            0.6
        default: nil
        }
    }

    private func isInDistrict(_ point: PlanPoint) -> Bool {
        if Districts.north.contains(point) || Districts.south.contains(point) || Districts.harbour.contains(point) {
            return true
        }
        return Districts.villages.contains { $0.centre.distance(to: point) < $0.radius * 0.95 }
    }

    /// Houses wall to wall. Neighbours share the node at the front of their common wall.
    private mutating func buildRow(_ street: Street, _ side: Double) {
        let setback = TownPlan.freeWidth(street.kind) + 0.6
        let length = street.path.pathLength
        var metres = random.number(4, 9)
        var number = side > 0 ? 1 : 2
        while metres < length - 8 {
            let width = random.number(18, 31)
            let depth = random.number(12, 18)
            let (from, direction) = street.path.place(at: metres)
            let (to, nextDirection) = street.path.place(at: min(metres + width, length))
            let (left, nextLeft) = (direction.left * side, nextDirection.left * side)
            let ring = [
                from + left * setback, to + nextLeft * setback, to + nextLeft * (setback + depth),
                from + left * (setback + depth),
            ]
            metres += width
            if random.chance(0.07) { metres += random.number(4, 12) }
            guard ring[0].distance(to: ring[1]) > 6, !isReserved(ring.centre), isDry(ring[2], margin: 6),
                isDry(ring[3], margin: 6), obstacles.isFree(ring)
            else { continue }
            addBuilding(side > 0 ? ring : [ring[1], ring[0], ring[3], ring[2]], street, number: number, isOld: true)
            number += 2
        }
    }

    private mutating func buildVillas(_ street: Street, _ side: Double, share: Double) {
        let length = street.path.pathLength
        var metres = random.number(10, 20)
        var number = side > 0 ? 1 : 2
        while metres < length - 10 {
            let lot = random.number(34, 50)
            defer {
                metres += lot
                number += 2
            }
            guard random.chance(share) else { continue }
            let (point, direction) = street.path.place(at: metres + lot / 2)
            guard isInDistrict(point) else { continue }
            let (houseLength, houseWidth) = (random.number(12, 20), random.number(10, 14))
            let setback = TownPlan.freeWidth(street.kind) + random.number(3, 7) + houseWidth / 2
            let centre = point + direction.left * (side * setback)
            let along = side > 0 ? direction : direction * -1
            let box = Shapes.rectangle(centre, along, length: houseLength, width: houseWidth)
            guard !isReserved(centre), isDry(centre, margin: 14), obstacles.isFree(box) else { continue }
            let shape = random.unit()
            let ring =
                if shape < 0.5 {
                    box
                } else if shape < 0.75 {
                    Footprints.letterL(centre, along, length: houseLength, width: houseWidth)
                } else if shape < 0.9 {
                    Footprints.porch(centre, along, length: houseLength, width: houseWidth)
                } else {
                    Footprints.letterT(centre, along, length: houseLength, width: houseWidth)
                }
            addBuilding(ring, street, number: number, isOld: false, box: box)
        }
    }

    private mutating func addBuilding(
        _ ring: PlanPath, _ street: Street, number: Int, isOld: Bool, box: PlanPath? = nil
    ) {
        var tags: [DraftTag] = [("building", kindOfBuilding(isOld: isOld))]
        if let name = street.tags.first(where: { $0.key == "name" })?.value, random.chance(0.36) {
            tags += [("addr:housenumber", "\(number)"), ("addr:street", name)]
        }
        if random.chance(0.25) {
            tags.append(("building:levels", "\(isOld ? random.integer(2...5) : random.integer(1...2))"))
        }
        obstacles.add(footprint: box ?? ring)
        let front = ring[0].mixed(with: ring[1], 0.5)
        // Some deep houses of the old town stand around a yard.
        if isOld, ring[0].distance(to: ring[1]) > 21, random.chance(0.14) {
            let centre = ring.centre
            let yard = ring.map { centre.mixed(with: $0, 0.36) }
            draft.multipolygon(outer: ring, inner: [yard], tags)
            return
        }
        let way = draft.ring(ring, tags)
        buildings.append(Building(ring: ring, front: front, isInOldTown: isOld, way: way))
    }

    private mutating func kindOfBuilding(isOld: Bool) -> String {
        if random.chance(0.5) { return "yes" }
        return isOld
            ? random.pick(["apartments", "house", "residential", "commercial"])
            : random.pick(["house", "house", "house", "detached", "semidetached_house", "garage"])
    }
}
