import FeatureQueries
import OSMModel

/// All kinds with their explanations, by word: for people, and as JSON.
public enum ProblemCatalogue {
    /// `{"kinds": [...]}`, a kind a line, each with `advice`, `consequence`, `family`, `kind`, `meaning`, `title`.
    public static func json() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendText("{\"kinds\":[")
        for (index, kind) in ProblemKind.allCases.sorted().enumerated() {
            let explanation = kind.explanation
            bytes.appendText(index == 0 ? "\n" : ",\n")
            bytes.appendText("{\"advice\":")
            bytes.appendJSON(explanation.advice)
            bytes.appendText(",\"consequence\":")
            bytes.appendJSON(explanation.consequence)
            bytes.appendText(",\"family\":")
            bytes.appendJSON(kind.family.rawValue)
            bytes.appendText(",\"kind\":")
            bytes.appendJSON(kind.word)
            bytes.appendText(",\"meaning\":")
            bytes.appendJSON(explanation.meaning)
            bytes.appendText(",\"title\":")
            bytes.appendJSON(explanation.title)
            bytes.appendText("}")
        }
        bytes.appendText("\n]}\n")
        return bytes
    }

    /// A paragraph for each kind, lines of at most 100 characters.
    public static func text() -> String {
        var text = ""
        for kind in ProblemKind.allCases.sorted() {
            let explanation = kind.explanation
            if !text.isEmpty { text += "\n" }
            text += "\(kind.word): \(explanation.title)\n"
            text += wrapped(explanation.meaning)
            text += wrapped("On a map: " + explanation.consequence)
            text += wrapped("To do: " + explanation.advice)
        }
        return text
    }

    private static func wrapped(_ paragraph: String) -> String {
        let indent = "    "
        var text = ""
        var line = indent
        for word in paragraph.split(separator: " ") {
            if line.count + word.count + 1 > 100, line.count > indent.count {
                text += line + "\n"
                line = indent
            }
            if line.count > indent.count { line += " " }
            line += word
        }
        return text + line + "\n"
    }
}
