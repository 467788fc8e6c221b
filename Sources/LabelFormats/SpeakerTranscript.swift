/// Text in which each utterance follows a name and the time at which it starts: Otter, Zoom, Teams, Rev and others.
///
/// Lines that start an utterance are `Name  0:03`, `[Name] 09:32:10` (Zoom writes the time of day), `[0:03] Name: words`
/// and `Name (0:03): words`. The text says no ends: an utterance lasts until the next one starts, so silences and
/// overlaps are unknown.
public enum SpeakerTranscript {
    /// Words a minute by which the length of the last utterance is guessed: conversations in British English, mean
    /// (Tauroza & Allison 1990, "Speech rates in British English").
    private static let wordsPerMinute = 210.0
    /// Least length of the last utterance, seconds: the resolution of the format.
    private static let shortestUtterance = 1.0
    /// A time of day that falls by more than this, seconds, has passed midnight.
    private static let halfDay = 43_200.0

    /// The recording that `text` labels.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call the recording.
    /// - Throws: `LabelFormatError.damagedLine` at an utterance that starts before the one above.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        var utterances = utterances(in: try LabelLines.lines(of: text, path: path), path: path)
        guard let first = utterances.first else {
            throw FileLine(path: path, line: 1).damage(
                "no line holds a name and a time", "write each utterance as \"Name  0:03\" and the words below")
        }
        if utterances.allSatisfy(\.isTimeOfDay) {
            var midnights = 0.0
            var last = first.start
            for index in utterances.indices {
                if last - utterances[index].start > halfDay { midnights += 2 * halfDay }
                last = utterances[index].start
                utterances[index].start += midnights - first.start
            }
        }
        var found = SegmentCollector()
        found.open(recording)
        for (index, utterance) in utterances.enumerated() {
            let guess = max(Double(utterance.words) * 60 / wordsPerMinute, shortestUtterance)
            let end = index + 1 < utterances.count ? utterances[index + 1].start : utterance.start + guess
            guard end >= utterance.start else {
                throw utterances[index + 1].place.damage(
                    "the utterance starts before the one above it", "sort the utterances by time")
            }
            try found.add(utterance.name, from: utterance.start, to: end, recording: recording, at: utterance.place)
        }
        return LabelDocument(
            format: .transcript, recordings: found.recordings,
            warnings: [
                "the transcript says when each utterance starts, not when it ends: silences and overlaps are unknown"
            ])
    }

    /// Whether a line starts an utterance, judged by itself.
    static func startsUtterance(_ line: Substring) -> Bool { head(of: line, afterBlank: false) != nil }

    /// An utterance.
    private struct Utterance {
        let name: String
        var start: Double
        let isTimeOfDay: Bool
        var words: Int
        let place: FileLine
    }

    private static func utterances(in lines: [Substring], path: String) -> [Utterance] {
        var utterances: [Utterance] = []
        var isAfterBlank = true
        for (index, line) in lines.enumerated() {
            if let head = head(of: line, afterBlank: isAfterBlank) {
                utterances.append(
                    Utterance(
                        name: head.name, start: head.time, isTimeOfDay: head.isTimeOfDay,
                        words: head.words, place: FileLine(path: path, line: index + 1)))
            } else if !utterances.isEmpty {
                utterances[utterances.count - 1].words += line.fields.count
            }
            isAfterBlank = line.trimmed.isEmpty
        }
        return utterances
    }

    private typealias Head = (name: String, time: Double, isTimeOfDay: Bool, words: Int)

    private static func head(of line: Substring, afterBlank: Bool) -> Head? {
        let line = line.trimmed
        guard line.utf8.contains(UInt8(ascii: ":")), line.utf8.count < longestHead || line.first == "[" else {
            return nil
        }
        return headWithTimeFirst(line) ?? headWithTimeLast(line, afterBlank: afterBlank) ?? headWithTimeInside(line)
    }

    /// Bytes of a line that starts an utterance at most, words on the same line included.
    private static let longestHead = 10_000

    /// A line such as `[0:03] Name: words` or `0:03 Name: words`.
    private static func headWithTimeFirst(_ line: Substring) -> Head? {
        guard let first = line.fields.first, let time = time(first) else { return nil }
        var rest = line[first.endIndex...].trimmed
        if rest.hasPrefix("- ") { rest = rest.dropFirst(2).trimmed }
        return CaptionSpeakers.prefix(rest).map { ($0, time, false, rest.fields.count - 1) }
    }

    /// A line such as `Name  0:03` or `[Name] 09:32:10`; after a single blank only where a paragraph begins.
    private static func headWithTimeLast(_ line: Substring, afterBlank: Bool) -> Head? {
        guard let last = line.fields.last, let time = time(last) else { return nil }
        let before = line[..<last.startIndex]
        let name = before.trimmed
        let isApart = before.hasSuffix("  ") || before.hasSuffix("\t") || before.hasSuffix("\u{A0}")
        if name.hasPrefix("["), name.hasSuffix("]") {
            let inside = name.dropFirst().dropLast().trimmed
            return inside.isEmpty ? nil : (String(inside), time, true, 0)
        }
        let isMarked = isApart || last.first == "(" || last.first == "["
        guard isMarked || afterBlank, CaptionSpeakers.isName(name) else { return nil }
        return (String(name), time, false, 0)
    }

    /// A line such as `Name (0:03): words`.
    private static func headWithTimeInside(_ line: Substring) -> Head? {
        guard let open = line.firstIndex(of: "("), let close = line[open...].firstRange(of: "):") else { return nil }
        let name = line[..<open].trimmed
        guard let time = time(line[open..<close.lowerBound]), CaptionSpeakers.isName(name) else { return nil }
        return (String(name), time, false, line[close.upperBound...].fields.count)
    }

    private static func time(_ field: Substring) -> Double? {
        var field = field
        if let first = field.first, "[(".contains(first) { field.removeFirst() }
        if let last = field.last, "])".contains(last) { field.removeLast() }
        return LabelTime.clock(field)
    }
}
