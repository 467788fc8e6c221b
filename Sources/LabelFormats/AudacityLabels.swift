import Timeline

/// The label tracks of Audacity: `start<TAB>end<TAB>text`, times in seconds.
///
/// A line that starts with `\` belongs to the label before it and holds frequencies; a point label has its start as its
/// end and holds no speech. WhisperX writes the same under `.aud` with `[[speaker]]` before the words, and NeMo the
/// same with blanks for tabs. Labels that are nearly all `Name: words` are taken apart, too. Audacity manual, "Importing and Exporting Labels".
public enum AudacityLabels {
    /// The recording that `text` labels.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call the recording.
    /// - Throws: `LabelFormatError.damagedLine` at the first line that breaks the format.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        var labels: [Label] = []
        for (index, line) in try LabelLines.lines(of: text, path: path).enumerated() {
            guard !line.hasPrefix("\\"), !line.trimmed.isEmpty else { continue }
            let place = FileLine(path: path, line: index + 1)
            guard labels.count < SegmentCollector.mostSegments else { throw SegmentCollector.tooMany(at: place) }
            labels.append(try label(line, at: place))
        }
        // Brackets around a text and no words behind them anywhere: these are names that hold brackets.
        if !labels.contains(where: { $0.speaker != nil && !$0.text.hasSuffix("]]") }) {
            for index in labels.indices { labels[index].speaker = nil }
            nameByPrefix(&labels)
        }
        let spoken = labels.contains { $0.speaker != nil }
        var found = SegmentCollector()
        found.open(recording)
        var unnamed = 0
        for label in labels where label.end > label.start {
            if let name = spoken ? label.speaker : label.text {
                try found.add(name, from: label.start, to: label.end, recording: recording, at: label.place)
            } else {
                unnamed += 1
            }
        }
        return LabelDocument(
            format: .audacity, recordings: found.recordings,
            warnings: LabelDocument.warnings(unnamed: unnamed, of: labels.count, "labels"))
    }

    /// The text of a recording's labels, times with six decimals, sorted by start, end and name.
    public static func text(of recording: LabelledRecording) -> String {
        let lines = recording.segments.compactMap { segment in
            SpeakerTier.span(of: segment, ticksPerSecond: 1e6).map {
                (span: $0, name: SegmentCollector.name(segment.label))
            }
        }.sorted { ($0.span.start, $0.span.end, $0.name) < ($1.span.start, $1.span.end, $1.name) }
        return lines.map { line in
            DecimalText.seconds(microseconds: line.span.start) + "\t"
                + DecimalText.seconds(microseconds: line.span.end) + "\t\(line.name)\n"
        }.joined()
    }

    /// A line taken apart.
    private struct Label {
        let start: Double
        let end: Double
        let text: Substring
        /// The name before the words, where there are words.
        var speaker: Substring?
        let place: FileLine
    }

    private static func label(_ line: Substring, at place: FileLine) throws(LabelFormatError) -> Label {
        let byTabs = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false)
        let parts = byTabs.count > 1 ? byTabs : line.split(maxSplits: 2, omittingEmptySubsequences: true) { $0 == " " }
        guard parts.count >= 2 else {
            throw place.damage(
                "one field where Audacity labels have three", "write start, end and name with tabs between them")
        }
        let start = try LabelTime.seconds(parts[0].trimmed, "start", at: place)
        let end = try LabelTime.seconds(parts[1].trimmed, "end", at: place)
        guard end >= start else {
            throw place.damage(
                "the end \(parts[1]) lies before the start \(parts[0])", "write the start first, then the end")
        }
        let text = parts.count > 2 ? parts[2].trimmed : ""
        guard end == start || !text.isEmpty else {
            throw place.damage("the label has no text", "write who speaks after the second tab")
        }
        return Label(start: start, end: end, text: text, speaker: bracketed(text), place: place)
    }

    /// Takes `Name: words` apart where nearly all labels are of that form.
    private static func nameByPrefix(_ labels: inout [Label]) {
        let names = labels.map { label in label.text.hasSuffix(":") ? nil : CaptionSpeakers.prefix(label.text) }
        guard
            Double(names.count { $0 != nil }) >= CaptionSpeakers.nearlyAll * Double(labels.count),
            // Words differ; a text that always returns is a name that holds a colon.
            Set(names).count < Set(labels.map(\.text)).count
        else { return }
        for (index, name) in names.enumerated() { labels[index].speaker = name.map { Substring($0) } }
    }

    private static func bracketed(_ text: Substring) -> Substring? {
        guard text.hasPrefix("[["), let close = text.firstRange(of: "]]") else { return nil }
        let name = text[text.index(text.startIndex, offsetBy: 2)..<close.lowerBound].trimmed
        return name.isEmpty ? nil : name
    }
}
