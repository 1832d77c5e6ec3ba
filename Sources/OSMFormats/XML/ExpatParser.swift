import CExpat

/// What an `ExpatParser` tells while it reads a document.
protocol XMLEventHandler: AnyObject {
    func startElement(_ name: XMLName, _ attributes: consuming XMLAttributes) throws
    func endElement() throws
    /// Text between elements, in pieces; only told while `wantsText` is true.
    func text(_ bytes: RawSpan)
    var wantsText: Bool { get }
}

/// A fault in a document, before it is known which file it is.
struct XMLFault: Error {
    var kind: OSMFormatError.Fault
    var reason: String

    init(_ kind: OSMFormatError.Fault, _ reason: String) {
        self.kind = kind
        self.reason = reason
    }
}

/// The attributes of one element, in the order of the document, as UTF-8 with references resolved.
@safe
struct XMLAttributes: ~Escapable {
    // Pairs of terminated strings, ended by a null. They live as long as the callback that this value is made in.
    private var next: UnsafeMutablePointer<UnsafePointer<XML_Char>?>
    private(set) var name = XMLName()
    private var start: UnsafePointer<XML_Char>
    private var byteCount = 0

    @_lifetime(immortal)
    fileprivate init(_ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>, empty: UnsafePointer<XML_Char>) {
        unsafe next = pairs
        unsafe start = empty
    }

    /// Goes to the next attribute. False after the last.
    @_lifetime(self: copy self)
    mutating func advance() -> Bool {
        // Safe: expat ends the list with a null and every string with a zero byte.
        guard let nameStart = unsafe next[0], let valueStart = unsafe next[1] else { return false }
        name = unsafe XMLName(UnsafeRawBufferPointer(start: nameStart, count: lengthOf(nameStart)).bytes)
        unsafe start = valueStart
        byteCount = unsafe lengthOf(valueStart)
        unsafe next += 2
        return true
    }

    /// The value of the attribute that `advance()` went to.
    var value: RawSpan {
        @_lifetime(copy self) get {
            // Safe: as in `advance()`.
            let bytes = unsafe UnsafeRawBufferPointer(start: start, count: byteCount).bytes
            return unsafe _overrideLifetime(bytes, copying: self)
        }
    }
}

/// Bytes before the zero byte that ends a string of expat's.
private func lengthOf(_ text: UnsafePointer<XML_Char>) -> Int {
    var length = 0
    while unsafe text[length] != 0 { length &+= 1 }
    return length
}

/// A streaming XML 1.0 parser: libexpat, told of pieces of the document one after the other.
///
/// Declarations of entities and of attributes, and DOCTYPEs that name an outer file, are refused where they stand: OSM
/// files have none, and they are how a small file becomes a big one or reads others. Nothing outside is ever opened.
@safe
final class ExpatParser {
    private let parser: XML_Parser
    private let handler: any XMLEventHandler
    private var failure: (error: any Error, line: Int)?
    private var isTellingText = false
    private var hasElement = false
    private var fedByteCount = 0

    /// One tag, text or comment may be so long; expat keeps it whole and scans it again with every piece.
    private static let tokenLimit = 4 << 20

    init(_ handler: any XMLEventHandler) {
        // Expat returns null only when memory is out.
        guard let parser = unsafe XML_ParserCreate(nil) else { preconditionFailure("out of memory") }
        unsafe self.parser = parser
        self.handler = handler
        // Safe: the parser does not outlive self, and calls back only inside `parse`, which self runs.
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        unsafe XML_SetElementHandler(parser, onStart, onEnd)
        unsafe XML_SetStartDoctypeDeclHandler(parser, onDoctype)
        unsafe XML_SetEntityDeclHandler(parser, onEntityDeclaration)
        unsafe XML_SetAttlistDeclHandler(parser, onAttributeDeclaration)
    }

    deinit { unsafe XML_ParserFree(parser) }

    /// Line of the event being told, or of the fault, from 1.
    var line: Int { unsafe Int(XML_GetCurrentLineNumber(parser)) }

    /// Reads the next piece; an empty one with `isLast` ends the document. Throws `XMLFault` or the handler's error;
    /// `line` then says where. Do not call it again after an error.
    func parse(_ piece: RawSpan, isLast: Bool) throws {
        fedByteCount += piece.byteCount
        // Safe: expat copies what it needs after the call.
        let status = unsafe piece.withUnsafeBytes { bytes in
            unsafe XML_Parse(
                parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        }
        if let failure { throw failure.error }
        if status.rawValue == 0 { throw expatFault() }
        let tokenStart = unsafe Int(XML_GetCurrentByteIndex(parser))
        if fedByteCount - tokenStart > ExpatParser.tokenLimit {
            throw XMLFault(.limit, "a tag or comment of more than \(ExpatParser.tokenLimit) bytes")
        }
    }

    /// The line of the last error that `parse` threw.
    var failureLine: Int { failure?.line ?? line }

    private func expatFault() -> XMLFault {
        let code = unsafe XML_GetErrorCode(parser)
        let text = unsafe XML_ErrorString(code).map { unsafe String(cString: $0) } ?? "error \(code.rawValue)"
        switch code {
        case XML_ERROR_NO_ELEMENTS where !hasElement: return XMLFault(.notWellFormed, "the document has no element")
        case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR:
            return XMLFault(.truncated, "the document ends too early (\(text))")
        case XML_ERROR_UNDEFINED_ENTITY:
            return XMLFault(.entity, "an entity that XML does not define, expected &amp; &lt; &gt; &quot; or &apos;")
        case XML_ERROR_UNKNOWN_ENCODING: return XMLFault(.encoding, "an encoding that is not known, expected UTF-8")
        case XML_ERROR_INCORRECT_ENCODING: return XMLFault(.encoding, "text that is not in the encoding it declares")
        default: return XMLFault(.notWellFormed, "not well-formed XML (\(text))")
        }
    }

    // MARK: Callbacks

    fileprivate func run(_ body: () throws -> Void) {
        // After a stop expat may still tell the end of an empty element.
        if failure != nil { return }
        do {
            try body()
            if handler.wantsText != isTellingText {
                isTellingText.toggle()
                unsafe XML_SetCharacterDataHandler(parser, isTellingText ? onText : nil)
            }
        } catch {
            failure = (error, line)
            _ = unsafe XML_StopParser(parser, 0)
        }
    }

    fileprivate func start(
        _ name: UnsafePointer<XML_Char>, _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>
    ) {
        run {
            hasElement = true
            let elementName = unsafe XMLName(UnsafeRawBufferPointer(start: name, count: lengthOf(name)).bytes)
            try handler.startElement(elementName, unsafe XMLAttributes(pairs, empty: name))
        }
    }

    fileprivate func end() { run { try handler.endElement() } }

    fileprivate func text(_ bytes: UnsafeRawBufferPointer) { run { unsafe handler.text(bytes.bytes) } }

    fileprivate func refuse(_ reason: String) { run { throw XMLFault(.entity, reason) } }
}

/// The parser that a callback belongs to.
private func parser(_ userData: UnsafeMutableRawPointer?) -> ExpatParser? {
    // Safe: `init` put the parser there.
    guard let userData = unsafe userData else { return nil }
    return unsafe Unmanaged<ExpatParser>.fromOpaque(userData).takeUnretainedValue()
}

private func onStart(
    _ userData: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?,
    _ attributes: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
) {
    guard let name = unsafe name, let attributes = unsafe attributes else { return }
    unsafe parser(userData)?.start(name, attributes)
}

private func onEnd(_ userData: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?) {
    unsafe parser(userData)?.end()
}

private func onText(_ userData: UnsafeMutableRawPointer?, _ text: UnsafePointer<XML_Char>?, _ byteCount: Int32) {
    unsafe parser(userData)?.text(UnsafeRawBufferPointer(start: text, count: Int(byteCount)))
}

private func onDoctype(
    _ userData: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?, _ systemID: UnsafePointer<XML_Char>?,
    _ publicID: UnsafePointer<XML_Char>?, _ hasInternalSubset: Int32
) {
    if unsafe systemID != nil || publicID != nil {
        unsafe parser(userData)?.refuse("a DOCTYPE that names another file, which OSM files do not have")
    }
}

private func onEntityDeclaration(
    _ userData: UnsafeMutableRawPointer?, _ name: UnsafePointer<XML_Char>?, _ isParameter: Int32,
    _ value: UnsafePointer<XML_Char>?, _ valueLength: Int32, _ base: UnsafePointer<XML_Char>?,
    _ systemID: UnsafePointer<XML_Char>?, _ publicID: UnsafePointer<XML_Char>?, _ notation: UnsafePointer<XML_Char>?
) {
    unsafe parser(userData)?.refuse("an entity declaration, which OSM files do not have")
}

private func onAttributeDeclaration(
    _ userData: UnsafeMutableRawPointer?, _ element: UnsafePointer<XML_Char>?, _ attribute: UnsafePointer<XML_Char>?,
    _ type: UnsafePointer<XML_Char>?, _ defaultValue: UnsafePointer<XML_Char>?, _ isRequired: Int32
) {
    unsafe parser(userData)?.refuse("an attribute declaration, which OSM files do not have")
}
