import Reciprocity
import Timeline

extension MeetingPage {
    /// How it was done: method, parameters, the recording, version and sources.
    var methodSection: Markup {
        PageFrame.section("method", "Method") {
            Tag.div(.class("prose")) { for paragraph in method { Tag.p { paragraph } } }
            Tag.h3 { "Parameters" }
            Tag.dl(.class("facts-list")) {
                for (name, value) in parameters {
                    Tag.div {
                        Tag.dt { name }
                        Tag.dd { value }
                    }
                }
            }
            Tag.h3 { report.recording == nil ? "Version" : "Recording and version" }
            Tag.dl(.class("facts-list wide")) {
                for (name, value) in origin {
                    Tag.div {
                        Tag.dt { name }
                        Tag.dd { Tag.bdi { ColumnWidth.printable(value) } }
                    }
                }
            }
            Tag.h3 { "Sources" }
            Tag.ul(.class("sources")) { for source in Self.sources { Tag.li { source } } }
        }
    }

    private var method: [String] {
        let numbers = reciprocity.parameters
        var paragraphs = [String]()
        if voices.isEmpty {
            paragraphs.append("Speech was looked for in the whole recording.")
        } else if let mode = report.diarization?.mode {
            switch mode {
            case .mono:
                paragraphs.append(
                    "Speech was found in the recording and given to two voices by their sound, learnt on the recording itself."
                )
            case .separate:
                paragraphs.append("Each person has a channel or file of their own, in which speech was found.")
            case .spatial:
                paragraphs.append(
                    "Speech was given to the two people by where in the room it came from, and by its sound.")
            }
        } else {
            paragraphs.append("Who spoke when was given by labels or notes and taken as it is.")
        }
        paragraphs.append(
            "Speech of one person with pauses of at most \(PlainNumber.seconds(numbers.interpausalGap)) is one unit. A unit of "
                + "at most \(PlainNumber.seconds(numbers.longestBackchannel)) inside the other’s talk is a backchannel (“mhm”) "
                + "and takes no floor. A turn runs from taking the floor to the other’s taking it; a silence of "
                + "\(PlainNumber.seconds(numbers.shortestLapse)) ends it too.")
        paragraphs.append(
            "The pattern is a rule of thresholds, tested in this order: too little to judge, late pitch, one-sided, two-way, "
                + "leaning. No score is behind it but the numbers on this page.")
        return paragraphs
    }

    private var parameters: [(String, String)] {
        let p = reciprocity.parameters
        let (percent, seconds) = ({ PlainNumber.percent($0) }, PlainNumber.seconds)
        return [
            ("Longest pause in a unit", seconds(p.interpausalGap)),
            ("Longest backchannel", seconds(p.longestBackchannel)),
            ("Silence that ends a turn", seconds(p.shortestLapse)),
            ("Shortest silence reported", seconds(p.shortestSilence)),
            ("Talk in a first floor", seconds(p.firstFloorSpeech)),
            ("Overlap of a takeover", seconds(p.takeoverOverlap)),
            ("Fewest changes for an offset", String(p.fewestTransitions)),
            ("Shortest base of a rate", seconds(p.shortestRateBase)),
            ("Window, step", "\(seconds(p.windowWidth)), \(seconds(p.windowStep))"),
            ("Share that leads a window", "over \(percent(p.windowLead))"),
            ("Windows to dominate", percent(p.dominatingWindows)),
            ("Balanced windows for back and forth", percent(p.balancedWindows)),
            ("Second’s windows to alternate", "over \(percent(p.secondaryWindows))"),
            ("Two-way from a share of", percent(p.twoWayFloorShare)),
            ("One-sided up to a share of", percent(p.oneSidedFloorShare)),
            ("Late pitch: share below", percent(p.latePitchFloorShare)),
            ("Late pitch: before at most", percent(p.latePitchEarlyShare)),
            ("Late pitch: after at least", percent(p.latePitchLateShare)),
            ("Late pitch: not before", "\(percent(p.latePitchEarliest)) of the meeting"),
            ("Hand-over searched from", "\(percent(p.handOverEarliest)), every \(seconds(p.handOverStep))"),
            ("Left after a hand-over", "\(seconds(p.handOverTail)) or \(percent(p.handOverTailShare))"),
            ("Shortest meeting for a hand-over", seconds(p.handOverShortestMeeting)),
            ("Shortest meeting judged", seconds(p.shortestMeeting)),
            ("Least speech judged", seconds(p.leastSpeech)),
            ("Most confusion judged", percent(p.highestConfusion)),
        ]
    }

    private var origin: [(String, String)] {
        var facts = [("twoway", report.version)]
        guard let recording = report.recording else { return facts }
        facts += [
            ("File", recording.path.split(separator: "/").last.map(String.init) ?? recording.path),
            ("Length", PlainNumber.time(recording.duration)),
            (
                "Sound",
                "\(recording.encoding), \(recording.sampleRate) Hz, "
                    + (recording.channels == 1 ? "1 channel" : "\(recording.channels) channels")
            ),
        ]
        if let sha256 = recording.sha256 { facts.append(("SHA-256", sha256)) }
        return facts
    }

    /// What the typical values and the rules rest on.
    private static let sources = [
        "Heldner, M., & Edlund, J. (2010). Pauses, gaps and overlaps in conversations. Journal of Phonetics.",
        "Huang, K., and others (2017). It doesn’t hurt to ask: Question-asking increases liking. Journal of Personality and "
            + "Social Psychology.",
        "Jaffe, J., & Feldstein, S. (1970). Rhythms of Dialogue. Academic Press.",
        "Levinson, S. C. (2016). Turn-taking in human communication: Origins and implications for language processing. "
            + "Trends in Cognitive Sciences.",
        "Levinson, S. C., & Torreira, F. (2015). Timing in turn-taking and its implications for processing models of "
            + "language. Frontiers in Psychology, 6:731.",
        "Reece, A., and others (2023). The CANDOR corpus: Insights from a large multimodal dataset of naturalistic "
            + "conversation. Science Advances, 9(13).",
        "Yngve, V. (1970). On getting a word in edgewise. Chicago Linguistic Society.",
        "Zhang, K., Zhang, J., & Danescu-Niculescu-Mizil, C. (2025). Time is on my side: Dynamics of talk-time sharing in "
            + "video-chat conversations. arXiv:2506.20474.",
    ]
}
