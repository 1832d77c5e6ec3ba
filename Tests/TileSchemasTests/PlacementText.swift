import OSMModel
import Synchronization
import TileSchemas

/// A dictionary of the texts it was asked to number.
struct TextTagDictionary: TagDictionary {
    private var texts: [String] = []
    private var numbers: [String: UInt32] = [:]

    mutating func number(of text: String) -> UInt32 {
        if let number = numbers[text] { return number }
        numbers[text] = UInt32(texts.count)
        texts.append(text)
        return UInt32(texts.count - 1)
    }

    /// Tags from text such as "natural=water, name=?"; a question mark varies.
    mutating func code(_ tags: String) -> CodedTags {
        var coded = CodedTags()
        for tag in tags.isEmpty ? [] : tags.split(separator: ", ") {
            let parts = tag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            coded.keys.append(number(of: parts[0]))
            if parts[1] == "?" {
                coded.values.append(.varies)
            } else {
                coded.values.append(TagValueCode(integerText: parts[1]) ?? TagValueCode(string: number(of: parts[1])))
            }
        }
        return coded
    }

    func stringNumber(_ text: String) -> UInt32? { numbers[text] }

    func string(_ number: UInt32) -> String { Int(number) < texts.count ? texts[Int(number)] : "" }
}

/// A dictionary that numbers whatever it is asked for. A schema bound to it knows all its own texts, so it stays good for
/// tags with further ones, and tests share one binding.
final class GrowingTagDictionary: TagDictionary {
    private let texts = Mutex(TextTagDictionary())

    func stringNumber(_ text: String) -> UInt32? { texts.withLock { $0.number(of: text) } }

    func string(_ number: UInt32) -> String { texts.withLock { $0.string(number) } }

    func code(_ tags: String) -> CodedTags { texts.withLock { $0.code(tags) } }

    static let shared = GrowingTagDictionary()
    static let shortbread = BoundSchema(.shortbread, dictionary: shared)
}

/// Placements as text, to be compared with what a test says: `layer output zoom field=value field@zoom=value`.
///
/// The object is one square kilometre on the Mercator plane. Texts are bare, numbers follow a `#`.
func placementTexts(
    _ tags: String, _ shape: FeatureShape, by bound: BoundSchema = GrowingTagDictionary.shortbread
) -> [String] {
    let coded = GrowingTagDictionary.shared.code(tags)
    let metresPerUnit = FeatureSize.worldSideInMetres / 4_294_967_296
    let size = FeatureSize(areaInWorldUnits: 1_000_000 / (metresPerUnit * metresPerUnit))
    return bound.placements(of: coded, shape: shape).map { placement in
        var words = [bound.schema.layers[placement.layer].id, "\(placement.output)", String(placement.minimumZoom)]
        for attribute in placement.attributes {
            let zoom = attribute.minimumZoom == 0 ? "" : "@\(attribute.minimumZoom)"
            let value =
                switch bound.value(of: attribute.source, tags: coded, size: size) {
                case .code(let code): GrowingTagDictionary.shared.valueText(code).replacing("\n", with: "/")
                case .text(let text): text
                case .integer(let integer): "#\(integer)"
                case .boolean(let boolean): "\(boolean)"
                case nil: "nothing"
                }
            words.append(bound.fields[placement.layer][attribute.field].name + zoom + "=" + value)
        }
        return words.joined(separator: " ")
    }
}

/// The placement in one layer, without its fields: `output zoom`; `nil` when the layer does not take the object.
func placement(_ tags: String, _ shape: FeatureShape, in layer: String) -> String? {
    placementTexts(tags, shape).first { $0.hasPrefix(layer + " ") }.map {
        $0.split(separator: " ")[1...2].joined(separator: " ")
    }
}

/// One field of the placement in a layer.
func field(_ name: String, _ tags: String, _ shape: FeatureShape, in layer: String) -> String? {
    guard let text = placementTexts(tags, shape).first(where: { $0.hasPrefix(layer + " ") }) else { return nil }
    for word in text.split(separator: " ").dropFirst(3) {
        let parts = word.split(separator: "=", maxSplits: 1)
        if parts[0] == name || parts[0].hasPrefix(name + "@") { return parts.count > 1 ? String(parts[1]) : "" }
    }
    return nil
}
