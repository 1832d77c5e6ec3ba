import ByteCoding

/// Text out of a file for a message: in quotes, cut, on one line, without what a terminal would act on.
func quoted(_ text: RawSpan) -> String {
    let limit = 40
    let part = text.extracting(0..<min(limit, text.byteCount)).toString()
    return "\"\(onOneLine(part))\(text.byteCount > limit ? "..." : "")\""
}

/// Control characters and line ends as blanks.
func onOneLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
        default: line.append(scalar)
        }
    }
    return String(line)
}
