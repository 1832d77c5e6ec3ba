import OSMModel

/// The names of OSM XML 0.6, kept by the decoder as plain values: a lookup costs a few integer comparisons.
struct OSMXMLWords {
    let osm = XMLName("osm")
    let osmChange = XMLName("osmChange")
    let node = XMLName("node")
    let way = XMLName("way")
    let relation = XMLName("relation")
    let tag = XMLName("tag")
    let nd = XMLName("nd")
    let member = XMLName("member")
    let bounds = XMLName("bounds")
    let meta = XMLName("meta")
    let remark = XMLName("remark")

    let id = XMLName("id")
    let lat = XMLName("lat")
    let lon = XMLName("lon")
    let k = XMLName("k")
    let v = XMLName("v")
    let ref = XMLName("ref")
    let role = XMLName("role")
    let type = XMLName("type")
    let version = XMLName("version")
    let timestamp = XMLName("timestamp")
    let changeset = XMLName("changeset")
    let uid = XMLName("uid")
    let visible = XMLName("visible")
    let action = XMLName("action")
    let generator = XMLName("generator")
    let osmBase = XMLName("osm_base")
    let minlat = XMLName("minlat")
    let minlon = XMLName("minlon")
    let maxlat = XMLName("maxlat")
    let maxlon = XMLName("maxlon")

    // Values.
    let yes = XMLName("true")
    let no = XMLName("false")
    let delete = XMLName("delete")
    let supportedVersion = XMLName("0.6")

    /// The kind that a name stands for, as an element or as the type of a member.
    func kind(_ name: XMLName) -> ElementKind? {
        if name == node { return .node }
        if name == way { return .way }
        return name == relation ? .relation : nil
    }
}
