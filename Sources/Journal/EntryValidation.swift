import Foundation
import Reciprocity
import Timeline

extension JournalEntry {
    /// Longest meeting, minutes: a day; a larger number is a slip.
    static let longestMeeting = 1440.0
    /// Longest identifier, key, name, tag, bytes of UTF-8.
    static let longestName = 200
    /// Rounding that a sum of noted minutes may be off by, minutes.
    static let tolerance = 1e-6

    /// Checks that everything noted can be.
    ///
    /// - Throws: the first problem, by field.
    public func validate() throws(FieldProblem) {
        try Self.check(name: id, of: "id")
        try Self.check(name: person.key, of: "person.key")
        try Self.check(name: person.name, of: "person.name")
        guard lengthMinutes.isFinite, lengthMinutes > 0 else {
            throw FieldProblem(
                "lengthMinutes", "\(Self.text(lengthMinutes)) is no length; it has to be above 0 minutes")
        }
        guard lengthMinutes <= Self.longestMeeting else {
            throw FieldProblem(
                "lengthMinutes", "\(Self.text(lengthMinutes)) minutes are more than a day; give the length in minutes")
        }
        try validateTalking()
        try validateCounts()
        try validateFollowUps()
        try validateRecording()
    }

    private func validateTalking() throws(FieldProblem) {
        if let resolution {
            guard resolution.isFinite, resolution > 0 else {
                throw FieldProblem("resolution", "\(Self.text(resolution)) is no grid; it has to be above 0 seconds")
            }
            guard blocks != nil else { throw FieldProblem("resolution", "it belongs to blocks, and there are none") }
        }
        for (index, block) in (blocks ?? []).enumerated() {
            let field = "blocks[\(index)]"
            guard block.start.isFinite, block.start >= 0 else {
                throw FieldProblem(
                    field + ".start", "\(Self.text(block.start)) is before the meeting; seconds from its start")
            }
            guard block.end.isFinite, block.end > block.start else {
                throw FieldProblem(
                    field + ".end",
                    "the end \(Self.text(block.end)) has to be after the start \(Self.text(block.start))")
            }
            guard block.end <= lengthMinutes * 60 + Self.tolerance else {
                throw FieldProblem(
                    field + ".end",
                    "\(Self.text(block.end)) s is after the end of the meeting (\(Self.text(lengthMinutes)) min)")
            }
        }
        if let minutes {
            for side in Side.allCases where !(minutes[side].isFinite && minutes[side] >= 0) {
                throw FieldProblem(
                    "minutes.\(side.rawValue)", "\(Self.text(minutes[side])) is no time; it has to be 0 or more")
            }
            guard minutes.me + minutes.them <= lengthMinutes + Self.tolerance else {
                throw FieldProblem(
                    "minutes",
                    "\(Self.text(minutes.me)) and \(Self.text(minutes.them)) minutes are more than 100 % of a meeting of "
                        + "\(Self.text(lengthMinutes)) minutes")
            }
        }
        if let mySharePercent, !(0...100).contains(mySharePercent) {
            throw FieldProblem(
                "mySharePercent", "\(Self.text(mySharePercent)) is no share; it has to be 0 to 100 percent")
        }
    }

    /// Most questions of one side in a meeting, count: so that sums over all meetings never overflow.
    static let mostQuestions = 1_000_000

    private func validateCounts() throws(FieldProblem) {
        if case .minute(let minute)? = firstAskedAboutMe {
            guard minute.isFinite, minute >= 0, minute <= lengthMinutes else {
                throw FieldProblem(
                    "firstAskedAboutMe",
                    "minute \(Self.text(minute)) is not in a meeting of \(Self.text(lengthMinutes)) minutes")
            }
        }
        for (field, count) in [("questions.meToThem", questions.me), ("questions.themToMe", questions.them)] {
            if let count, !(0...Self.mostQuestions).contains(count) {
                throw FieldProblem(field, "\(count) is no count; it has to be 0 or more, at most \(Self.mostQuestions)")
            }
        }
        if let feeling, !(1...9).contains(feeling) {
            throw FieldProblem("feeling", "\(feeling) is not on the scale of 1 to 9")
        }
        for (index, offer) in (help ?? []).enumerated() { try Self.check(text: offer.what, of: "help[\(index)].what") }
        if let note { try Self.check(text: note, of: "note") }
        for (index, tag) in tags.enumerated() { try Self.check(name: tag, of: "tags[\(index)]") }
        guard Set(tags).count == tags.count else { throw FieldProblem("tags", "a tag is there twice") }
    }

    private func validateFollowUps() throws(FieldProblem) {
        for (index, followUp) in (followUps ?? []).enumerated() {
            let field = "followUps[\(index)]"
            if let what = followUp.what { try Self.check(text: what, of: field + ".what") }
            guard let promised = followUp.promised else { continue }
            if let due = followUp.due, due < promised {
                throw FieldProblem(field + ".due", "\(due) is before the promise of \(promised)")
            }
            if let kept = followUp.kept, kept < promised {
                throw FieldProblem(field + ".kept", "\(kept) is before the promise of \(promised)")
            }
        }
    }

    private func validateRecording() throws(FieldProblem) {
        if let recording {
            let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
            let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
            guard recording.utf8.count == 64, recording.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) })
            else {
                throw FieldProblem("recording", "it has to be a SHA-256, 64 lower-case hexadecimal digits")
            }
        }
        guard let analysis else { return }
        guard recording != nil else { throw FieldProblem("analysis", "it needs the field recording") }
        try Self.check(text: analysis.name, of: "analysis.name")
        guard analysis.timeline.duration.isFinite, analysis.timeline.duration > 0 else {
            throw FieldProblem("analysis.duration", "it has to be above 0 seconds")
        }
        if let resolution = analysis.timeResolution, !(resolution.isFinite && resolution > 0) {
            throw FieldProblem("analysis.resolution", "it has to be above 0 seconds")
        }
        for (index, segment) in analysis.timeline.segments.enumerated() {
            guard segment.start.isFinite, segment.end.isFinite, segment.start < segment.end else {
                throw FieldProblem("analysis.segments[\(index)].end", "it has to be after the start")
            }
            if let confidence = segment.confidence, !(0...1).contains(confidence) {
                throw FieldProblem("analysis.segments[\(index)].confidence", "it has to be 0 to 1")
            }
        }
        try analysis.trust?.validate()
    }

    /// A short text that names something: not empty, one line.
    static func check(name: String, of field: String) throws(FieldProblem) {
        guard !name.allSatisfy(\.isWhitespace) else { throw FieldProblem(field, "it is empty") }
        guard name.utf8.count <= longestName else {
            throw FieldProblem(field, "it is longer than \(longestName) bytes")
        }
        guard !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw FieldProblem(field, "it holds a control character, such as a line break")
        }
    }

    /// Any text the store can keep.
    private static func check(text: String, of field: String) throws(FieldProblem) {
        guard !text.utf8.contains(0) else { throw FieldProblem(field, "it holds the character U+0000") }
    }

    /// A number without a useless fraction.
    private static func text(_ value: Double) -> String {
        let digits = value.description
        return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }
}

extension SegmentationTrust {
    /// Checks that shares are shares.
    fileprivate func validate() throws(FieldProblem) {
        if let estimatedConfusion, !(0...1).contains(estimatedConfusion) {
            throw FieldProblem("analysis.estimatedConfusion", "it has to be 0 to 1")
        }
        guard let talkShareInterval else { return }
        for speaker in Speaker.allCases {
            let interval = talkShareInterval[speaker]
            guard interval.lowerBound >= 0, interval.upperBound <= 1 else {
                throw FieldProblem("analysis.talkShareInterval.\(speaker.rawValue)", "it has to lie within 0 to 1")
            }
        }
    }
}
