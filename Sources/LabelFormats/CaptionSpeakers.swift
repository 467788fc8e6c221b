/// Finds who speaks in the captions of a transcript.
///
/// Tools write the speaker in one of these ways, tried in this order:
/// 1. a voice span, `<v Name>`: the WebVTT standard, Microsoft Teams;
/// 2. a name in brackets and a colon, `[SPEAKER_00]: words`: WhisperX;
/// 3. a name and a colon, `Name: words`: Zoom, Otter, most others;
/// 4. a line of its own above the words: older Teams transcripts.
struct CaptionSpeakers {
    /// From this share of captions on, what stands before a colon is a name even if it stands there only once.
    ///
    /// Below it, a word before a colon may be part of a sentence ("One thing: ..."), and only what returns is a name.
    static let nearlyAll = 0.8
    /// Characters of a name at most.
    private static let longestName = 80
    /// Words of a name at most.
    private static let mostWords = 6
    /// What some tools put before a name.
    private static let dashes = ["- ", "– ", ">> "]

    /// The speakers of each caption; empty where the caption names none.
    let speakers: [[String]]

    /// Finds the speakers of `cues`.
    init(of cues: [CaptionCue]) {
        let marked = cues.map(Self.voices)
        if marked.contains(where: { !$0.isEmpty }) {
            speakers = marked
            return
        }
        let firsts = Set(cues.compactMap { $0.lines.first.flatMap(Self.prefix) })
        let prefixes = cues.map { Self.prefixes($0, firsts: firsts) }
        let named = prefixes.count { !$0.isEmpty }
        if named > 0 {
            let isEverywhere = Double(named) >= Self.nearlyAll * Double(cues.count)
            let counts = Dictionary(prefixes.flatMap { Set($0) }.map { ($0, 1) }, uniquingKeysWith: +)
            let chosen = prefixes.map { $0.filter { isEverywhere || counts[$0, default: 0] > 1 } }
            if chosen.contains(where: { !$0.isEmpty }) {
                speakers = chosen
                return
            }
        }
        let heads = cues.map { $0.lines.count > 1 ? $0.lines[0].trimmed : "" }
        let areNames = heads.allSatisfy { Self.isName($0) } && Set(heads).count * 2 <= heads.count
        speakers = areNames ? heads.map { [String($0)] } : cues.map { _ in [] }
    }

    /// Adds every caption to a document of one recording.
    ///
    /// - Throws: `LabelFormatError.damagedLine` when there are captions, but none names a speaker.
    static func document(
        of cues: [CaptionCue], format: LabelFormat, recording: String
    ) throws(LabelFormatError) -> LabelDocument {
        let speakers = CaptionSpeakers(of: cues).speakers
        if let first = cues.first, !speakers.contains(where: { !$0.isEmpty }) {
            throw first.place.damage(
                "no caption names a speaker",
                "export the transcript with names, such as \"<v Name>\" or \"Name: words\"")
        }
        var found = SegmentCollector()
        found.open(recording)
        var unnamed = 0
        for (cue, names) in zip(cues, speakers) {
            if names.isEmpty { unnamed += 1 }
            for name in names {
                try found.add(name, from: cue.start, to: cue.end, recording: recording, at: cue.place)
            }
        }
        return LabelDocument(
            format: format, recordings: found.recordings,
            warnings: LabelDocument.warnings(unnamed: unnamed, of: cues.count, "captions"))
    }

    /// Names at the beginnings of lines of a caption.
    ///
    /// The first line may bring a new name. Further ones begin with a name only if it is known from a first line, or if
    /// the caption holds nothing but names.
    private static func prefixes(_ cue: CaptionCue, firsts: Set<String>) -> [String] {
        let holdsNames = cue.lines.allSatisfy { $0.trimmed.hasSuffix(":") }
        return cue.lines.enumerated().compactMap { index, line in
            prefix(line).flatMap { index == 0 || holdsNames || firsts.contains($0) ? $0 : nil }
        }
    }

    /// What stands before the words of a line, if it can be a name; a dash before the name is no part of it.
    static func prefix(_ line: Substring) -> String? {
        var line = line.trimmed
        for dash in dashes where line.hasPrefix(dash) { line = line.dropFirst(dash.count).trimmed }
        guard let colon = line.firstIndex(of: ":") else { return nil }
        var (name, isEnd) = (line[..<colon].trimmed, line.index(after: colon) == line.endIndex)
        if line.hasSuffix(":"), !isEnd {
            // Nothing but a name, which holds a colon itself.
            (name, isEnd) = (line.dropLast().trimmed, true)
        }
        if !isEnd, !line[line.index(after: colon)].isWhitespace { return nil }
        if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast().trimmed }
        guard isEnd ? !name.isEmpty : isName(name) else { return nil }
        return unescaped(name)
    }

    /// Whether a text can be what a person is called: short, few words, begins with a letter or digit, no sentence.
    static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, first.isLetter || first.isNumber || first.isSymbol else { return false }
        return text.count <= longestName && text.split(separator: " ").count <= mostWords
            && !text.contains { "?!;".contains($0) }
    }

    /// Names in the voice spans of a caption, each once.
    private static func voices(_ cue: CaptionCue) -> [String] {
        var names: [String] = []
        for line in cue.lines {
            var rest = line
            while let open = rest.firstRange(of: "<v") {
                rest = rest[open.upperBound...]
                guard let next = rest.first, next == " " || next == "\t" || next == "." else { continue }
                guard let close = rest.firstIndex(of: ">") else { break }
                let tag = rest[..<close]
                rest = rest[rest.index(after: close)...]
                // Classes stand between the tag and the blank before the name: <v.loud Ann>.
                guard let blank = tag.firstIndex(where: { $0 == " " || $0 == "\t" }) else { continue }
                let name = unescaped(tag[blank...].trimmed)
                if !name.isEmpty, !names.contains(name) { names.append(name) }
            }
        }
        return names
    }

    /// A name with nothing around it, so that `prefix` finds exactly it before a colon.
    ///
    /// Players show escapes of SRT as they stand; only a name that would be read as something else gets one.
    static func alone(_ name: String) -> String {
        let plain = name.contains("<v") || unescaped(name[...]) != name ? escaped(name) : name
        let isBracketed = plain.hasPrefix("[") && plain.hasSuffix("]")
        return isBracketed || dashes.contains { plain.hasPrefix($0) } ? "[\(plain)]" : plain
    }

    /// A text with the escapes of WebVTT.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    /// A text of WebVTT without its escapes.
    private static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return String(text) }
        let plain = [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", " "), ("&lrm;", "\u{200E}"),
            ("&rlm;", "\u{200F}"), ("&#39;", "'"), ("&apos;", "'"), ("&amp;", "&"),
        ]
        return plain.reduce(String(text)) { text, pair in text.replacing(pair.0, with: pair.1) }
    }
}
