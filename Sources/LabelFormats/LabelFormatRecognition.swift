extension LabelFormat {
    /// Lines from which a format is recognised at most.
    private static let recognisedLines = 200

    /// The format that a text is written in, judged by what it holds; nil when none fits.
    ///
    /// A format counts as recognised when the file begins like it, even if it is damaged further on.
    public init?(content text: String) {
        let body = LabelLines.withoutByteOrderMark(text)
        let start = body.utf8.first { $0 > UInt8(ascii: " ") }.map { UnicodeScalar($0) }
        if let marked = Self.marked(body, start: start) {
            self = marked
            return
        }
        let lines = LabelLines.lines(of: Self.beginning(of: body)).prefix(Self.recognisedLines)
        guard let format = Self.format(ofLines: lines.filter { !$0.trimmed.isEmpty && !$0.hasPrefix(";;") }) else {
            return nil
        }
        self = format
    }

    /// Bytes from which a format is recognised at most.
    private static let recognisedBytes = 1 << 16

    /// The first bytes of a text; a character that is cut goes with them.
    private static func beginning(of text: Substring) -> Substring {
        guard let end = text.utf8.index(text.startIndex, offsetBy: recognisedBytes, limitedBy: text.endIndex) else {
            return text
        }
        return text[..<(String.Index(end, within: text) ?? text.unicodeScalars.index(before: end))]
    }

    /// Formats that begin with a mark of their own.
    private static func marked(_ text: Substring, start: UnicodeScalar?) -> LabelFormat? {
        if text.hasPrefix("WEBVTT") { return .vtt }
        if start == "<" { return .eaf }
        // A name in brackets begins a line of Zoom's, a time in brackets one of many transcripts.
        if start == "{" || (start == "[" && isJSONArray(text)) { return .json }
        return text.hasPrefix("ooBinaryFile") || isTextGrid(text.prefix(200)) ? .textgrid : nil
    }

    /// Whether the first text in quotes is a header of Praat's; in other formats it may be part of a name.
    private static func isTextGrid(_ head: Substring) -> Bool {
        guard let quote = head.firstIndex(of: "\"") else { return false }
        let before = head[..<quote].trimmed
        guard before.isEmpty || before.hasPrefix("File type") else { return false }
        let header = head[head.index(after: quote)...]
        return ["ooTextFile", TextGridReader.chronologicalHeader].contains { header.hasPrefix($0) }
    }

    /// Whether what follows the first bracket can be the start of an array of segments.
    private static func isJSONArray(_ text: Substring) -> Bool {
        let inside = text.utf8.lazy.filter { $0 > UInt8(ascii: " ") }.dropFirst().first.map { UnicodeScalar($0) }
        return inside == nil || inside == "{" || inside == "]" || inside == "["
    }

    /// Formats that are known by the shape of their lines.
    private static func format(ofLines lines: [Substring]) -> LabelFormat? {
        guard let first = lines.first else { return nil }
        if lines.prefix(3).contains(where: isCueTime) { return .srt }
        if lines.contains(where: isRTTM) { return .rttm }
        if isAudacity(first) { return .audacity }
        let fields = first.fields
        if fields.count == 4, fields.suffix(2).allSatisfy({ DecimalText.number($0) != nil }) { return .uem }
        var rows = CSVRows(text: String(first), path: "")
        if let row = try? rows.next(), SegmentTable.namesColumns(row.fields) || SegmentTable.holdsSegment(row.fields) {
            return .csv
        }
        if isAudacityByBlanks(fields) { return .audacity }
        return lines.contains(where: SpeakerTranscript.startsUtterance) ? .transcript : nil
    }

    /// A time, an arrow and a number; a name in another format may hold an arrow, even between numbers.
    private static func isCueTime(_ line: Substring) -> Bool {
        guard let arrow = line.firstRange(of: "-->") else { return false }
        let (before, after) = (line[..<arrow.lowerBound].trimmed, line[arrow.upperBound...])
        let isTime = before.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || ":,.".utf8.contains($0)
        }
        return isTime && before.contains(":") && before.count { $0 == "," || $0 == "." } <= 1
            && after.first { $0 != " " }?.isNumber == true
    }

    /// A record, damaged or not; a line of speech that begins with the word SPEAKER is none.
    private static func isRTTM(_ line: Substring) -> Bool {
        let fields = line.fields
        guard let type = fields.first, RTTM.recordTypes.contains(String(type)) else { return false }
        return fields.contains("<NA>")
            || (fields.count >= 9 && fields[3...4].contains { DecimalText.number($0) != nil })
    }

    private static func isAudacity(_ line: Substring) -> Bool {
        let parts = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        return parts.count >= 2 && parts.prefix(2).allSatisfy { DecimalText.number($0.trimmed) != nil }
    }

    /// `0.16 4.86 speaker_0`, as NeMo writes labels.
    private static func isAudacityByBlanks(_ fields: [Substring]) -> Bool {
        fields.count >= 3 && fields.prefix(2).allSatisfy { DecimalText.number($0) != nil }
            && DecimalText.number(fields[2]) == nil
    }
}
