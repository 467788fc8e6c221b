/// A caption of a WebVTT or SRT file.
struct CaptionCue: Sendable, Hashable {
    /// First moment, seconds.
    let start: Double
    /// First moment after it, seconds; not before `start`.
    let end: Double
    /// Lines of text, as the file holds them.
    var lines: [Substring] = []
    /// Where its times are.
    let place: FileLine

    /// Which of the two formats is read.
    enum Dialect: Sendable, Hashable {
        case vtt, srt
    }

    /// All captions of a file in its order.
    ///
    /// - Throws: `LabelFormatError.damagedLine` at the first block that is no caption and may not be there.
    static func cues(
        in lines: [Substring], dialect: Dialect, path: String
    ) throws(LabelFormatError) -> [CaptionCue] {
        var cues: [CaptionCue] = []
        var isInside = false
        var isSkipped = false
        for (index, line) in lines.enumerated() {
            let place = FileLine(path: path, line: index + 1)
            if line.trimmed.isEmpty {
                (isInside, isSkipped) = (false, false)
            } else if line.contains("-->") {
                // A caption without an empty line before it: its number went to the caption above.
                if isInside, dialect == .srt, let last = cues.last?.lines.last, isNumber(last) {
                    cues[cues.count - 1].lines.removeLast()
                }
                guard cues.count < SegmentCollector.mostSegments else { throw SegmentCollector.tooMany(at: place) }
                cues.append(try cue(line, at: place))
                (isInside, isSkipped) = (true, false)
            } else if isSkipped {
                continue
            } else if isInside {
                cues[cues.count - 1].lines.append(line)
            } else if dialect == .vtt, index == 0 || ["NOTE", "STYLE", "REGION"].contains(line.fields.first) {
                isSkipped = true
            } else if index + 1 < lines.count, lines[index + 1].contains("-->") {
                continue
            } else if dialect == .srt, !isNumber(line), !cues.isEmpty {
                cues[cues.count - 1].lines.append(line)
                isInside = true
            } else {
                throw place.damage(
                    "\(FileLine.quoted(line)) begins a caption, but no times follow",
                    "write a line such as \(dialect.example)")
            }
        }
        return cues
    }

    private static func isNumber(_ line: Substring) -> Bool {
        let text = line.trimmed
        return !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    private static func cue(_ line: Substring, at place: FileLine) throws(LabelFormatError) -> CaptionCue {
        guard let arrow = line.firstRange(of: "-->") else {
            throw place.damage("no times", "write start --> end")
        }
        let first = line[..<arrow.lowerBound].trimmed
        // Behind the end stand settings.
        let second = line[arrow.upperBound...].fields.first ?? ""
        let start = try time(first, at: place)
        let end = try time(second, at: place)
        guard end >= start else {
            throw place.damage(
                "the end \(second) lies before the start \(first)", "write the start first, then the end")
        }
        return CaptionCue(start: start, end: end, place: place)
    }

    private static func time(_ text: Substring, at place: FileLine) throws(LabelFormatError) -> Double {
        guard let seconds = LabelTime.clock(text) else {
            throw place.damage(
                "\(FileLine.quoted(text)) is not a time", "write hours:minutes:seconds such as 00:01:02.345")
        }
        return seconds
    }
}

extension CaptionCue.Dialect {
    /// A line of times, for messages.
    fileprivate var example: String {
        switch self {
        case .vtt: "00:01:02.000 --> 00:01:04.500"
        case .srt: "00:01:02,000 --> 00:01:04,500"
        }
    }
}
