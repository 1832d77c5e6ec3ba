/// Whether the tags of a closed way make it an area, by the table of osm-polygon-features (2017, CC0): for `query` and
/// reports. Map layers decide for themselves which geometry they want.
///
/// `area=no` says line and `area=yes` area, before the table. An entry matches when the key is there with a value that is not
/// `no` and that the entry's list allows.
public enum AreaRule {
    /// Which values of a key make an area; `no` never does.
    public enum Values: Sendable {
        case any
        case only(Set<String>)
        case allBut(Set<String>)
    }

    /// By key.
    public static let table: [String: Values] = [
        "building": .any, "landuse": .any, "amenity": .any, "leisure": .any, "boundary": .any, "place": .any,
        "shop": .any, "tourism": .any, "historic": .any, "public_transport": .any, "office": .any,
        "building:part": .any, "military": .any, "ruins": .any, "area:highway": .any, "craft": .any, "golf": .any,
        "indoor": .any,
        "natural": .allBut(["coastline", "cliff", "ridge", "arete", "tree_row"]),
        "man_made": .allBut(["cutline", "embankment", "pipeline"]),
        "aeroway": .allBut(["taxiway"]),
        "highway": .only(["services", "rest_area", "escape", "elevator"]),
        "waterway": .only(["riverbank", "dock", "boatyard", "dam"]),
        "barrier": .only(["city_wall", "ditch", "hedge", "retaining_wall", "wall", "spikes"]),
        "railway": .only(["station", "turntable", "roundhouse", "platform"]),
        "power": .only(["plant", "substation", "generator", "transformer"]),
    ]

    /// `value` gives the value of a key, or `nil`.
    public static func isArea(_ value: (String) -> String?) -> Bool {
        if let area = value("area") {
            if area == "no" { return false }
            if area == "yes" || area == "1" || area == "true" { return true }
        }
        for (key, values) in table {
            guard let value = value(key), value != "no" else { continue }
            switch values {
            case .any: return true
            case .only(let allowed): if allowed.contains(value) { return true }
            case .allBut(let excluded): if !excluded.contains(value) { return true }
            }
        }
        return false
    }
}
