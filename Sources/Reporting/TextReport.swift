import Reciprocity
import Timeline

extension MeetingReport {
    /// The report for people: plain sentences and a drawing, no line longer than 80 columns.
    ///
    /// Answers, in this order: who had the floor, who held it when, the longest monologue, when each first got the
    /// floor, the pattern with its reasons, and how far to trust all that.
    public func text(_ style: TextStyle = TextStyle()) -> String {
        TextReport(report: self, style: style).lines.map { $0 + "\n" }.joined()
    }
}

/// The lines of the text form.
struct TextReport {
    let report: MeetingReport
    let style: TextStyle
    /// In sentences a name may be longer than in front of a row.
    private let people: PerSpeaker<Person>
    private let rowNames: PerSpeaker<String>
    private let rowNameWidth: Int
    private static let indent = "  "

    init(report: MeetingReport, style: TextStyle) {
        self.report = report
        self.style = style
        func person(_ speaker: Speaker, _ columns: Int) -> Person {
            Person(
                speaker, name: report.names[speaker], reader: report.me, columns: columns, ellipsis: style.ellipsis)
        }
        people = PerSpeaker { person($0, 40) }
        let names = PerSpeaker { person($0, 16).title.replacing("\u{A0}", with: " ") }
        rowNames = names
        rowNameWidth = max(ColumnWidth.of(names.a), ColumnWidth.of(names.b))
    }

    private var reciprocity: Reciprocity { report.reciprocity }
    private var voices: [Speaker] { Speaker.allCases.filter { reciprocity.speakingTime[$0] > 0 } }

    /// The whole report.
    var lines: [String] {
        var lines = heading
        if voices.isEmpty {
            lines += [""] + paragraph("No speech was found in this recording, so there is nothing to report.")
            return lines + section("How far to trust this", trust)
        }
        if voices.count == 1, report.diarization != nil {
            lines += [""]
            lines += paragraph("Only one voice was found. If two people were speaking, do not trust this report.")
        } else if let caution = report.diarization.flatMap(TrustSentence.caution) {
            lines += [""]
            lines += paragraph(caution)
        }
        lines += section("Who had the floor", floor)
        lines += section("The meeting from start to end", strip)
        lines += section("Longest monologue", monologues)
        lines += section("First time with the floor", firstFloors)
        lines += section("The pattern", pattern)
        lines += section("How far to trust this", trust)
        return lines
    }

    // MARK: Building blocks

    private func section(_ title: String, _ content: [String]) -> [String] {
        content.isEmpty ? [] : ["", style.ink(.heading, title)] + content
    }

    private func paragraph(_ text: String, _ ink: TextStyle.Ink? = nil) -> [String] {
        ColumnWidth.wrapped(text, to: TextStyle.width - Self.indent.count)
            .map { line in Self.indent + (ink.map { style.ink($0, line) } ?? line) }
    }

    /// The name in front of a row, in the colour of the person.
    private func rowName(_ speaker: Speaker) -> String {
        Self.indent + style.ink(ink(speaker), ColumnWidth.padded(rowNames[speaker], to: rowNameWidth)) + "  "
    }

    /// The drawing of one person; only the name where nothing is drawn.
    private func drawing(_ speaker: Speaker, _ cells: String) -> String {
        let cells = cells.withoutTrailingSpaces
        return cells.isEmpty
            ? Self.indent + style.ink(ink(speaker), rowNames[speaker])
            : rowName(speaker) + style.ink(ink(speaker), cells)
    }

    private func ink(_ speaker: Speaker) -> TextStyle.Ink { speaker == .a ? .personA : .personB }

    /// The people who speak, the one with more of something first.
    private func voices(by amount: (Speaker) -> Double) -> [Speaker] {
        voices.sorted { amount($0) > amount($1) }
    }

    // MARK: Sections

    private var heading: [String] {
        let path = report.recording.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path }
        let title = [report.title, path].compactMap { $0.map { ColumnWidth.printable($0) } }
            .first { !$0.allSatisfy(\.isWhitespace) }
        let short = ColumnWidth.shortened(title ?? "Meeting", to: TextStyle.width, ellipsis: style.ellipsis)
            .withoutTrailingSpaces
        var facts = "\(PlainNumber.time(reciprocity.duration)) long"
        if voices.count == 2 { facts += "\(style.dot) two voices" }
        if report.me == nil, voices.count == 2, Speaker.allCases.allSatisfy({ report.names[$0] == nil }) {
            facts += "\(style.dot) speaker A is the one who spoke first"
        }
        return [style.ink(.heading, short), style.ink(.faint, facts)]
    }

    private var floor: [String] {
        guard let a = reciprocity.floorShare.a, let b = reciprocity.floorShare.b else { return [] }
        let shown = PlainNumber.percents(a, b)
        let percent = PerSpeaker(a: shown.0, b: shown.1)
        let time = reciprocity.floorTime.map(PlainNumber.time)
        let ordered = voices { reciprocity.floorShare[$0] ?? 0 }
        let numbers = ordered.map { "\(people[$0].name) \(percent[$0]) (\(time[$0]))" }
        var sentence = "\(people[ordered[0]].title) held the floor \(percent[ordered[0]]) of the time "
        sentence += "(\(time[ordered[0]]))" + numbers.dropFirst().map { ", \($0)" }.joined() + "."
        let numberWidth = max(percent.a.count, percent.b.count) + 2
        let timeWidth = max(time.a.count, time.b.count)
        let barWidth = TextStyle.width - Self.indent.count - rowNameWidth - 2 - numberWidth - timeWidth - 2
        let rows = ordered.map { speaker in
            let number = percent[speaker].replacing("\u{A0}", with: " ")
            let padding = String(repeating: " ", count: numberWidth - 2 - number.count)
            let bar = bar((reciprocity.floorShare[speaker] ?? 0), columns: barWidth)
            let clock = String(repeating: " ", count: timeWidth - time[speaker].count) + time[speaker]
            return rowName(speaker) + padding + number + "  " + style.ink(ink(speaker), bar) + "  " + clock
        }
        let meaning =
            "To hold the floor is to talk while it is one's turn. A short \"mhm\" while the other talks does not count."
        return paragraph(sentence) + rows + paragraph(meaning, .faint)
    }

    /// A bar of a share of `columns`, filled up with spaces; a share that is not 0 is visible.
    private func bar(_ share: Double, columns: Int) -> String {
        let filled = share > 0 ? max(Int((share * Double(columns)).rounded()), 1) : 0
        let full = style.levels[style.levels.count - 1]
        return String(repeating: full, count: filled) + String(repeating: " ", count: columns - filled)
    }

    private var strip: [String] {
        guard !reciprocity.knowsOnlyTotals else { return [] }
        let columns = TextStyle.width - Self.indent.count - rowNameWidth - 2
        let strip = FloorStrip(
            turns: reciprocity.turns, duration: reciprocity.duration, columns: columns, levels: style.levels)
        let axis = String(repeating: " ", count: Self.indent.count + rowNameWidth + 2) + strip.axis
        return voices.map { drawing($0, strip.rows[$0]) } + [style.ink(.faint, axis)]
    }

    private var monologues: [String] {
        let ordered = voices { reciprocity.longestMonologue[$0]?.duration ?? 0 }
        let spans = ordered.compactMap { speaker in reciprocity.longestMonologue[speaker].map { (speaker, $0) } }
        let width = spans.map { PlainNumber.time($0.1.duration).count }.max() ?? 0
        var lines = spans.map { speaker, span in
            let length = PlainNumber.time(span.duration)
            return rowName(speaker) + String(repeating: " ", count: width - length.count)
                + "\(length), from \(PlainNumber.time(span.start)) to \(PlainNumber.time(span.end))"
        }
        if let longest = spans.first, longest.1.duration > Self.longMonologue {
            lines += paragraph(
                "More than \(PlainNumber.time(Self.longMonologue)) without giving up the floor is long.", .faint)
        }
        return lines
    }

    /// Monologues up to here are usual, seconds: 150 s, the advice of call-coaching tools.
    private static let longMonologue = 150.0

    private var firstFloors: [String] {
        if let resolution = reciprocity.timeResolution, resolution >= reciprocity.duration,
            reciprocity.firstFloor.a == nil, reciprocity.firstFloor.b == nil
        {
            return []
        }
        let width = voices.compactMap { reciprocity.firstFloor[$0].map { PlainNumber.time($0.time).count } }.max() ?? 0
        let least = PlainNumber.decimal(reciprocity.parameters.firstFloorSpeech, decimals: 0)
        let ordered = voices { -(reciprocity.firstFloor[$0]?.time ?? .infinity) }
        return ordered.map { speaker in
            guard let first = reciprocity.firstFloor[speaker] else { return rowName(speaker) + "never" }
            let time = PlainNumber.time(first.time)
            let place =
                first.fraction < 0.01
                ? "right at the start"
                : "when \(PlainNumber.percent(first.fraction)) of the meeting was over".replacing("\u{A0}", with: " ")
            return rowName(speaker) + String(repeating: " ", count: width - time.count) + "\(time), \(place)"
        } + paragraph("Counted is the first turn with at least \(least) seconds of talking.", .faint)
    }

    private var pattern: [String] {
        let sentence = PatternSentence(reciprocity: reciprocity, people: people, me: report.me)
        var lines = ColumnWidth.wrapped(sentence.headline, to: TextStyle.width - Self.indent.count)
            .map { Self.indent + style.ink(.heading, $0) }
        for reason in sentence.reasons { lines += paragraph(reason) }
        if let closeness = sentence.closeness { lines += paragraph(closeness) }
        return lines
    }

    private var trust: [String] {
        TrustSentence(report: report, people: people).paragraphs.flatMap { paragraph($0) }
    }
}

extension String {
    /// Without the spaces at the end.
    fileprivate var withoutTrailingSpaces: String {
        var text = self
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
