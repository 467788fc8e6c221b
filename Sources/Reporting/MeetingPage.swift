import Reciprocity
import Timeline

extension MeetingReport {
    /// The report as one self-contained HTML page, without any request, the same bytes for the same report.
    ///
    /// In this order: the verdict and how far to trust it, the floor as a picture, the share over the meeting, turn
    /// lengths and floor-transfer offsets, all metrics, method and parameters.
    ///
    /// - Parameter sound: The recording itself, which the page then plays; without it the reader may choose a file.
    public func page(sound: EmbeddedSound? = nil) -> String { MeetingPage(report: self, sound: sound).text }
}

/// Sound that a page carries with it.
public struct EmbeddedSound: Sendable, Hashable {
    /// The media type for the browser, such as "audio/ogg".
    public var mediaType: String
    /// The whole file.
    public var bytes: [UInt8]

    /// Sound in a file format that browsers play.
    public init(mediaType: String, bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// The sections of the page of one meeting; each is in a file of its own.
struct MeetingPage {
    let report: MeetingReport
    let sound: EmbeddedSound?
    let people: PerSpeaker<Person>

    init(report: MeetingReport, sound: EmbeddedSound? = nil) {
        self.report = report
        self.sound = sound
        people = PerSpeaker {
            Person($0, name: report.names[$0], reader: report.me, columns: 80, ellipsis: "…", isolated: true)
        }
    }

    var reciprocity: Reciprocity { report.reciprocity }
    var voices: [Speaker] { Speaker.allCases.filter { reciprocity.speakingTime[$0] > 0 } }

    /// The file name of the recording or the title given, harmless to show.
    var title: String {
        let path = report.recording.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path }
        return [report.title, path].compactMap { $0.map { ColumnWidth.printable($0) } }
            .first { !$0.allSatisfy(\.isWhitespace) } ?? "Meeting"
    }

    /// The whole page.
    var text: String {
        let sentence = PatternSentence(reciprocity: reciprocity, people: plainPeople, me: report.me)
        var frame = PageFrame(
            kind: "twoway meeting report", title: title, facts: facts, isTitleLarge: false,
            summary: voices.isEmpty ? "No speech was found." : sentence.headline, version: report.version,
            scripts: [.meeting])
        frame.add(data, named: "meeting")
        if let sound { frame.data.append(("sound", "text/plain", Base64.text(sound.bytes))) }
        return frame.page {
            verdictSection
            if !voices.isEmpty {
                if !reciprocity.knowsOnlyTotals {
                    floorSection
                    courseSection
                    rhythmSection
                }
                metricsSection
            }
            methodSection
        }
    }

    /// What the scripts read: times in whole milliseconds, three numbers per turn.
    private var data: JSONValue {
        func milliseconds(_ seconds: Double) -> JSONValue { .integer(Int((min(seconds, 1e7) * 1000).rounded())) }
        let turns = reciprocity.turns.flatMap { turn -> [JSONValue] in
            let kind = Turn.Kind.allCases.firstIndex(of: turn.kind) ?? 0
            return [
                .integer((turn.speaker == .a ? 0 : 3) + kind), milliseconds(turn.start), milliseconds(turn.end),
            ]
        }
        return .object([
            "duration": milliseconds(reciprocity.duration),
            "names": .array(Speaker.allCases.map { .string(plainPeople[$0].title) }),
            "sound": JSONValue(sound?.mediaType), "recording": .string(title), "turns": .array(turns),
        ])
    }

    private var facts: String {
        var facts = ["\(PlainNumber.time(reciprocity.duration)) long"]
        if voices.count == 2 { facts.append("two voices") }
        if voices.count == 1 { facts.append("one voice") }
        if report.me == nil, voices.count == 2, Speaker.allCases.allSatisfy({ report.names[$0] == nil }) {
            facts.append("speaker\u{A0}A is the one who spoke first")
        }
        if let encoding = report.recording?.encoding { facts.append(ColumnWidth.printable(encoding)) }
        return facts.joined(separator: " · ")
    }

    // MARK: Building blocks of the sections

    /// The people without the marks around their names, for attributes and scripts.
    var plainPeople: PerSpeaker<Person> {
        people.map { person in
            var plain = person
            func stripped(_ text: String) -> String { text.filter { $0 != NameIsolate.start && $0 != NameIsolate.end } }
            (plain.name, plain.title, plain.was) = (stripped(person.name), stripped(person.title), stripped(person.was))
            return plain
        }
    }

    /// A person's name with the swatch of their colour.
    func label(_ speaker: Speaker) -> Markup {
        Tag.span(.class("person \(speaker.className)")) { Markup(sentence: people[speaker].title) }
    }
}

extension Speaker {
    /// The class that gives the colour of the person.
    var className: String { self == .a ? "a" : "b" }
}
