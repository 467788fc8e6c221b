import Foundation

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Gathers what an EAF file says from the events of the system's XML parser, which knows the line of each.
final class EAFReader: NSObject, XMLParserDelegate {
    /// An annotation that is aligned with the time.
    struct Annotation {
        let speaker: String
        let start: String
        let end: String
        let place: FileLine
    }

    /// A whole file.
    struct Content {
        /// Seconds of each time slot; nil for a slot without time.
        var slots: [String: Double?] = [:]
        var annotations: [Annotation] = []
        var mediaName: String?
    }

    /// Elements inside each other at most; EAF needs 6.
    private static let deepest = 64

    /// Elements of a file at most; an annotation with its time slots is five.
    private static let mostElements = 6 * SegmentCollector.mostSegments

    private let path: String
    private var content = Content()
    private var failure: LabelFormatError?
    private var depth = 0
    private var elements = 0
    /// The speaker of the tier that is being read; nil outside of tiers and in dependent ones.
    private var speaker: String?
    private var isTier = false
    private var annotationIDs: Set<String> = []
    private var property: String?

    private init(path: String) { self.path = path }

    /// What the file says.
    ///
    /// - Throws: `LabelFormatError.damagedLine`.
    static func content(of text: String, path: String) throws(LabelFormatError) -> Content {
        // The text is decoded already, so what its declaration says about bytes is past; its line breaks stay.
        let body = withoutDeclaration(LabelLines.withoutByteOrderMark(text))
        if let start = body.firstRange(of: "<!DOCTYPE") ?? body.firstRange(of: "<!ENTITY") {
            let line = LabelLines.lines(of: body[..<start.lowerBound], atMost: LabelLines.mostLines).count
            throw FileLine(path: path, line: line).damage(
                "a document type definition, which no EAF file has", "remove it if you trust the file")
        }
        // Found by fuzzing: libxml2 takes bytes 0 at the start for UTF-32 and Foundation's parser then crashes.
        if let start = body.utf8.firstIndex(of: 0) {
            let line = LabelLines.lines(of: body[..<start], atMost: LabelLines.mostLines).count
            throw FileLine(path: path, line: line).damage(
                "a character with the code 0, which XML does not allow", "save it again in ELAN")
        }
        let reader = EAFReader(path: path)
        let parser = XMLParser(data: Data(body.utf8))
        parser.shouldResolveExternalEntities = false
        parser.delegate = reader
        let isDone = parser.parse()
        if let failure = reader.failure { throw failure }
        guard isDone, reader.elements > 0 else {
            throw FileLine(path: path, line: max(parser.lineNumber, 1)).damage(
                "the file is no XML document", "save it again in ELAN")
        }
        return reader.content
    }

    private static func withoutDeclaration(_ text: Substring) -> Substring {
        guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>") else { return text }
        let breaks = LabelLines.lines(of: text[..<end.lowerBound]).count - 1
        return String(repeating: "\n", count: breaks) + text[end.upperBound...]
    }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        let place = FileLine(path: path, line: parser.lineNumber)
        do {
            try start(element, attributes, at: place)
        } catch {
            stop(parser, error)
        }
    }

    func parser(
        _ parser: XMLParser, didEndElement element: String, namespaceURI: String?, qualifiedName: String?
    ) {
        depth -= 1
        switch element {
        case "TIER": (isTier, speaker) = (false, nil)
        case "PROPERTY":
            if let name = property, !name.isEmpty { content.mediaName = SegmentCollector.name(name) }
            property = nil
        default: break
        }
    }

    func parser(_ parser: XMLParser, foundCharacters characters: String) { property?.append(characters) }

    func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
        let place = FileLine(path: path, line: max(parser.lineNumber, 1))
        stop(parser, place.damage("the XML breaks off or is not well formed", "save the file again in ELAN"))
    }

    private func stop(_ parser: XMLParser, _ error: LabelFormatError) {
        failure = failure ?? error
        parser.abortParsing()
    }

    private func start(
        _ element: String, _ attributes: [String: String], at place: FileLine
    ) throws(LabelFormatError) {
        guard failure == nil else { return }
        (depth, elements) = (depth + 1, elements + 1)
        guard depth <= Self.deepest else {
            throw place.damage("elements lie more than \(Self.deepest) deep", "check that the file is EAF")
        }
        guard elements <= Self.mostElements else { throw SegmentCollector.tooMany(at: place) }
        guard elements > 1 || element == "ANNOTATION_DOCUMENT" else {
            throw place.damage(
                "the document is \(FileLine.quoted(element)), not ANNOTATION_DOCUMENT", "check that the file is EAF")
        }
        switch element {
        case "HEADER":
            let unit = attributes["TIME_UNITS"] ?? "milliseconds"
            guard unit == "milliseconds" else {
                throw place.damage("times are in \(FileLine.quoted(unit))", "save the file with milliseconds")
            }
        case "MEDIA_DESCRIPTOR":
            content.mediaName = content.mediaName ?? attributes["MEDIA_URL"].flatMap(Self.baseName)
        case "PROPERTY": property = attributes["NAME"] == "recording" ? "" : nil
        case "TIME_SLOT": try addSlot(attributes, at: place)
        case "TIER":
            let name = try attribute("TIER_ID", of: element, in: attributes, at: place)
            let participant = attributes["PARTICIPANT"] ?? ""
            isTier = true
            speaker = attributes["PARENT_REF"] == nil ? (participant.trimmed.isEmpty ? name : participant) : nil
        case "ALIGNABLE_ANNOTATION": try addAnnotation(attributes, at: place)
        default: break
        }
    }

    private func addSlot(_ attributes: [String: String], at place: FileLine) throws(LabelFormatError) {
        let slot = try attribute("TIME_SLOT_ID", of: "TIME_SLOT", in: attributes, at: place)
        guard content.slots[slot] == nil else {
            throw place.damage(
                "the time slot \(FileLine.quoted(slot)) is there twice", "give each its own TIME_SLOT_ID")
        }
        guard let value = attributes["TIME_VALUE"] else {
            content.slots[slot] = .some(nil)
            return
        }
        guard let milliseconds = Int(value) else {
            throw place.damage(
                "TIME_VALUE \(FileLine.quoted(value)) is not a whole number", "write milliseconds")
        }
        content.slots[slot] = try LabelTime.checked(Double(milliseconds) / 1000, value, "TIME_VALUE", at: place)
    }

    private func addAnnotation(_ attributes: [String: String], at place: FileLine) throws(LabelFormatError) {
        let element = "ALIGNABLE_ANNOTATION"
        guard isTier else { throw place.damage("an annotation outside of a tier", "put it into a TIER") }
        let id = try attribute("ANNOTATION_ID", of: element, in: attributes, at: place)
        guard annotationIDs.insert(id).inserted else {
            throw place.damage(
                "the annotation \(FileLine.quoted(id)) is there twice", "give each its own ANNOTATION_ID")
        }
        let start = try attribute("TIME_SLOT_REF1", of: element, in: attributes, at: place)
        let end = try attribute("TIME_SLOT_REF2", of: element, in: attributes, at: place)
        guard let speaker else { return }
        content.annotations.append(Annotation(speaker: speaker, start: start, end: end, place: place))
    }

    private func attribute(
        _ name: String, of element: String, in attributes: [String: String], at place: FileLine
    ) throws(LabelFormatError) -> String {
        guard let value = attributes[name] else {
            throw place.damage("\(element) has no \(name)", "add it, or save the file again in ELAN")
        }
        return value
    }

    /// The name of a media file without folders and ending.
    private static func baseName(_ address: String) -> String? {
        let last = address.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        let name = last.removingPercentEncoding ?? last
        let base = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
        return base.isEmpty ? nil : base
    }
}
