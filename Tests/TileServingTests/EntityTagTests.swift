import Testing

@testable import TileServing

@Suite struct EntityTagTests {
    @Test(arguments: [
        (#""a""#, [#""a""#]), (#"W/"a""#, [#""a""#]), (#""a", "b",W/"c""#, [#""a""#, #""b""#, #""c""#]),
        (#""a,b" , "c""#, [#""a,b""#, #""c""#]), (#",, "a""#, [#""a""#]), (#""""#, [#""""#]), (#""a", b"#, [#""a""#]),
        (#""a", "open"#, [#""a""#]),
    ])
    func readsListsOfTags(_ header: String, _ expected: [String]) {
        #expect(IfNoneMatch(header) == .tags(expected.map { Substring($0) }))
    }

    @Test func tellsTheStarFromTags() {
        #expect(IfNoneMatch("*") == .any)
        #expect(IfNoneMatch(" * ") == .any)
        #expect(IfNoneMatch(nil) == .absent)
        #expect(IfNoneMatch("") == .absent)
        #expect(IfNoneMatch("abc") == .absent)
        #expect(IfNoneMatch("w/\"a\"") == .absent)
    }

    @Test func comparesWeaklyAsRFC9110Section13_1_2Wants() {
        let tag = EntityTag(opaque: "v1/3/1/2")
        #expect(IfNoneMatch(#"W/"v1/3/1/2""#).names(tag))
        #expect(IfNoneMatch(#""x", "v1/3/1/2""#).names(tag))
        #expect(!IfNoneMatch(#""v1/3/1""#).names(tag))
        #expect(!IfNoneMatch("*").names(tag))
        #expect(!IfNoneMatch(nil).names(tag))
    }

    @Test func acceptsOnlyCharactersThatATagMayHold() {
        #expect(EntityTag.isValid("abc/1-z"))
        for bad in ["", "a b", "a\"", "ü", "a\n"] { #expect(!EntityTag.isValid(bad)) }
    }
}
