/// Words, expressions and signs of the selector language, and what is said of those that do not belong.
extension TagFilterParser {
    /// A quoted or bare word and the space around it. An empty word must be quoted.
    mutating func word(_ what: String, endedBy stops: String) throws(TagFilterError) -> String {
        skipSpace()
        let start = index
        var word = String.UnicodeScalarView()
        if let quote = next, quote == "\"" || quote == "'" {
            index += 1
            while let scalar = next, scalar != quote {
                index += 1
                guard scalar == "\\", let escaped = next else {
                    word.append(scalar)
                    continue
                }
                word.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
                index += 1
            }
            try closeQuote(quote, openedAt: start)
            skipSpace()
            return String(word)
        }
        var lengthWithoutSpace = 0
        while let scalar = next, !stops.unicodeScalars.contains(scalar) {
            index += 1
            if scalar == "\\", let escaped = next {
                word.append(escaped)
                index += 1
                lengthWithoutSpace = word.count
            } else {
                word.append(scalar)
                if !scalar.properties.isWhitespace { lengthWithoutSpace = word.count }
            }
        }
        if lengthWithoutSpace == 0 { throw unexpected(what, suggestion: "write \"\" for an empty word") }
        return String(String.UnicodeScalarView(word.prefix(lengthWithoutSpace)))
    }

    mutating func expression() throws(TagFilterError) -> TagFilterPattern {
        skipSpace()
        let start = index
        let text: String
        if let quote = next, quote == "\"" || quote == "'" {
            index += 1
            while let scalar = next, scalar != quote { index += scalar == "\\" && index + 1 < scalars.count ? 2 : 1 }
            text = String(String.UnicodeScalarView(scalars[(start + 1)..<index]))
            try closeQuote(quote, openedAt: start)
        } else {
            text = bareExpression()
            if text.isEmpty { throw unexpected("a regular expression", suggestion: nil) }
        }
        skipSpace()
        var ignoresCase = false
        if take(",") {
            skipSpace()
            guard take("i") else {
                throw unexpected("i, to ignore case", suggestion: "put an expression with a comma in quotes")
            }
            ignoresCase = true
        }
        return try TagFilterPattern(text, ignoringCase: ignoresCase)
    }

    /// Up to the comma or bracket that is outside all brackets, braces and parentheses of the expression.
    private mutating func bareExpression() -> String {
        let start = index
        var inClass = false
        var openCount = 0
        while let scalar = next {
            if scalar == "\\" {
                index = min(index + 2, scalars.count)
                continue
            }
            if inClass {
                inClass = scalar != "]"
            } else if scalar == "[" {
                inClass = true
            } else if scalar == "(" || scalar == "{" {
                openCount += 1
            } else if scalar == ")" || scalar == "}" {
                openCount -= 1
            } else if scalar == "]" || (scalar == "," && openCount <= 0) {
                break
            }
            index += 1
        }
        var end = index
        while end > start, scalars[end - 1].properties.isWhitespace { end -= 1 }
        return String(String.UnicodeScalarView(scalars[start..<end]))
    }

    private mutating func closeQuote(_ quote: Unicode.Scalar, openedAt start: Int) throws(TagFilterError) {
        guard take(quote) else {
            throw unexpected("the quote that closes the one at character \(start + 1)", suggestion: nil)
        }
    }

    var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    @discardableResult
    mutating func skipSpace() -> Bool {
        let start = index
        while let scalar = next, scalar.properties.isWhitespace { index += 1 }
        return index > start
    }

    func scalarAfterSpace(from start: Int) -> Unicode.Scalar? {
        var index = start
        while index < scalars.count, scalars[index].properties.isWhitespace { index += 1 }
        return index < scalars.count ? scalars[index] : nil
    }

    func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.value >= 0x30 && scalar.value <= 0x39 }

    /// The word at the cursor, up to a sign of the grammar; at most forty scalars, for messages.
    func strayWord(stoppingAt stops: String) -> String {
        let rest = scalars[index...].prefix(40)
        return String(
            String.UnicodeScalarView(
                rest.prefix { !stops.unicodeScalars.contains($0) && !$0.properties.isWhitespace }))
    }

    func suggestionForStrayWord() -> String? {
        let condition = strayWord(stoppingAt: "[],()|")
        if condition.unicodeScalars.contains(where: { "=~<>".unicodeScalars.contains($0) }) {
            return "write [\(condition)]"
        }
        switch strayWord(stoppingAt: "[],()|!").lowercased() {
        case "node", "nodes": return "write n for nodes"
        case "way", "ways": return "write w for ways"
        case "rel", "relation", "relations": return "write r for relations"
        case "area", "areas": return "write a for areas"
        case "any", "all", "nwr": return "write * for every kind"
        case "": return nil
        case let key: return "kinds are n, w, r and a; to ask for a key write [\(key)]"
        }
    }

    func unexpected(_ expected: String, suggestion: String?, wholeWord: Bool = false) -> TagFilterError {
        let found: String
        if let scalar = next {
            let word = wholeWord ? strayWord(stoppingAt: "[],()|!") : ""
            found = "'\(word.isEmpty ? scalar.escaped(asASCII: false) : word)'"
        } else {
            found = "the end"
        }
        return .unexpected(position: index + 1, found: found, expected: expected, suggestion: suggestion)
    }
}
