import OSMModel
import TestSupport
import Testing

@Suite struct TagFilterPatternTests {
    @Test(arguments: [
        ("piz+a", "pizza;pasta", true), ("^pasta", "pizza;pasta", false), ("pasta$", "pizza;pasta", true),
        ("^(a|b)c?$", "b", true), ("^(a|b)c?$", "bcc", false), ("a.c", "abc", true), ("a\\.c", "abc", false),
        ("^[A-Z][0-9]{1,3}$", "A12", true), ("^[A-Z][0-9]{1,3}$", "A1234", false), ("[^0-9]", "123", false),
        ("^\\d+$", "123", true), ("\\D", "12a", true), ("\\bcafe\\b", "my cafe!", true),
        ("\\bcafe\\b", "cafeteria", false),
        ("\\Bteria", "cafeteria", true), ("^$", "", true), ("", "anything", true), ("x{2}", "axxa", true),
        ("^x{2,}$", "x", false), ("^x{0}$", "", true), ("a*?b", "aaab", true), ("(?:ab)+$", "xabab", true),
        ("[[:alpha:]]+ [[:digit:]]", "Weg 5", true), ("[]a]", "]", true), ("[a-]", "-", true), ("[\\]]", "]", true),
        ("é", "café", true), ("caf.$", "café", true), ("a||b", "zzz", true), ("(|a)b", "b", true), ("{", "{", true),
        ("a{x", "a{x", true), ("(a*)*b", "aab", true), ("^(a?){3}$", "aa", true), ("\\s", "a b", true),
    ])
    func anExpressionIsFoundAnywhereInTheText(expression: String, text: String, expected: Bool) throws {
        #expect(try TagFilterPattern(expression).isFound(in: text) == expected, "\(expression) in \(text)")
    }

    @Test(arguments: [
        ("CAFE", "my Cafe", true), ("ÄRZTE", "ärzte", true), ("[a-c]+$", "ABC", true), ("^[^a-c]$", "B", false),
        ("straße", "STRASSE", false), ("Ω", "ω", true),
    ])
    func caseIsIgnoredOnRequest(expression: String, text: String, expected: Bool) throws {
        #expect(try TagFilterPattern(expression, ignoringCase: true).isFound(in: text) == expected)
    }

    @Test(arguments: [
        ("(", "character 1: '(' is not closed by ')'"), ("a)", "character 2: ')' without '('"),
        ("[a", "character 1: '[' is not closed by ']'"),
        ("*a", "character 1: '*' has nothing to repeat; write \\* for the sign itself"),
        ("a{3,1}", "character 2: {3,1} counts down"), ("a{1", "character 2: '{' is not closed by '}'"),
        ("a{5000}", "character 2: more than 1000 repetitions"), ("\\", "character 1: a backslash at the end"),
        ("(a)\\1", "character 4: references back to a group (\\1) are not supported"),
        ("(?=a)", "character 1: '(?' is not supported; to ignore case write [key~\"...\",i]"),
        ("[z-a]", "character 1: a range in brackets runs backwards"), ("\\q", "character 1: \\q is unknown"),
        ("(a{1000}){1000}", "character 1: too large: needs more than 4000 states"),
    ])
    func anUnusableExpressionIsRefusedWithAReason(expression: String, reason: String) throws {
        let error = #expect(throws: TagFilterError.self) { try TagFilterPattern(expression) }
        #expect(error?.description.hasSuffix(reason) == true, "\(error.map(String.init(describing:)) ?? "")")
    }

    @Test func noExpressionRunsAway() throws {
        let text = String(repeating: "a", count: 255)
        let start = ContinuousClock.now
        #expect(try !TagFilterPattern("^(a+)+$").isFound(in: text + "!"))
        #expect(try !TagFilterPattern("(a|aa|a?)*b").isFound(in: text))
        #expect(try !TagFilterPattern("^(a?){100}a{100}b").isFound(in: text))
        #expect(try TagFilterPattern("((((){1000}){1000}){1000}){1000}").isFound(in: text))
        #expect(ContinuousClock.now - start < .seconds(1))
    }

    /// Against a backtracking matcher of a few lines (Kernighan and Pike's), for the signs that it knows.
    @Test(arguments: 0..<10)
    func simpleExpressionsAgreeWithABacktrackingMatcher(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            var expression = random.next() % 4 == 0 ? "^" : ""
            for _ in 0..<(1 + random.next() % 4) {
                expression += ["a", "b", "."][Int(random.next() % 3)] + ["", "", "*"][Int(random.next() % 3)]
            }
            if random.next() % 4 == 0 { expression += "$" }
            var text = ""
            for _ in 0..<(random.next() % 6) { text += ["a", "b", "c"][Int(random.next() % 3)] }
            let expected = Self.isFound(Array(expression), in: Array(text))
            #expect(try TagFilterPattern(expression).isFound(in: text) == expected, "\(expression) in \(text)")
        }
    }

    private static func isFound(_ expression: [Character], in text: [Character]) -> Bool {
        if expression.first == "^" { return isHere(expression.dropFirst(), text[...]) }
        return (0...text.count).contains { isHere(expression[...], text[$0...]) }
    }

    private static func isHere(_ expression: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = expression.first else { return true }
        if first == "$" && expression.count == 1 { return text.isEmpty }
        if expression.dropFirst().first == "*" {
            var rest = text
            while true {
                if isHere(expression.dropFirst(2), rest) { return true }
                guard let next = rest.first, first == "." || first == next else { return false }
                rest = rest.dropFirst()
            }
        }
        guard let next = text.first, first == "." || first == next else { return false }
        return isHere(expression.dropFirst(), text.dropFirst())
    }
}
