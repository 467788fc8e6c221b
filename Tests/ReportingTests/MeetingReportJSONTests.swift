import Foundation
import Reciprocity
import Reporting
import Testing
import Timeline

@Suite("The JSON report")
struct MeetingReportJSONTests {
    /// The document as Foundation reads it.
    static func parsed(_ json: JSONValue, _ layout: JSONValue.Layout = .indented) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(json.text(layout).utf8))
        return try #require(object as? [String: Any])
    }

    @Test("A meeting has the members of the contract")
    func members() throws {
        let report = try Self.parsed(SampleMeetings.oneSided.json)
        #expect(
            report.keys.sorted() == [
                "diarization", "me", "metrics", "names", "parameters", "pattern", "recording", "segments", "turns",
                "twoway",
            ])
        let recording = try #require(report["recording"] as? [String: Any])
        #expect(
            recording.keys.sorted() == ["channels", "duration", "encoding", "path", "sampleRate", "sha256"])
        let diarization = try #require(report["diarization"] as? [String: Any])
        #expect(
            diarization.keys.sorted() == ["estimatedConfusion", "mode", "speakers", "trusted", "warnings"])
        let turns = try #require(report["turns"] as? [[String: Any]])
        #expect(turns.count == 21)
        #expect(turns[0]["kind"] as? String == "turn")
        #expect(turns[0]["confidence"] is NSNull)
        let segments = try #require(report["segments"] as? [[String: Any]])
        #expect(segments[0].keys.sorted() == ["end", "speaker", "start"])
        let pattern = try #require(report["pattern"] as? [String: Any])
        #expect(pattern["name"] as? String == "oneSided")
        #expect(pattern["towards"] as? String == "A")
        #expect(pattern["borderline"] as? Bool == false)
    }

    @Test("Metrics are printed unrounded under the names of their definition")
    func metrics() throws {
        let report = SampleMeetings.oneSided
        let metrics = try #require(try Self.parsed(report.json)["metrics"] as? [String: Any])
        let names = [
            "speakingTime", "talkShare", "talkShareInterval", "talkOfMeeting", "floorShare", "imbalance", "states",
            "turnCount", "medianTurn", "p90Turn", "longestMonologue", "interactivity", "floorTransferOffset",
            "overlapOnsetShare", "overlappedTakeovers", "backchannelRate", "silenceShare", "longestSilence", "windows",
            "dynamics", "trajectory", "firstFloor", "handOver", "questions", "questionBalance", "helpOffered",
            "followUps", "followThrough",
        ]
        for name in names { #expect(metrics[name] != nil, "\(name) is missing") }
        let floor = try #require(metrics["floorShare"] as? [String: Double])
        #expect(floor["A"] == report.reciprocity.floorShare.a)
        #expect(floor["B"] == report.reciprocity.floorShare.b)
    }

    @Test("What is undefined is null and not left out")
    func nulls() throws {
        let report = try Self.parsed(SampleMeetings.silence.json)
        let metrics = try #require(report["metrics"] as? [String: Any])
        #expect((metrics["floorShare"] as? [String: Any])?["A"] is NSNull)
        #expect(metrics["windows"] is NSNull)
        #expect((metrics["questions"] as? [String: Any])?["B"] is NSNull)
        let labels = try Self.parsed(SampleMeetings.longTurns.json)
        #expect(labels["recording"] is NSNull)
        #expect(labels["diarization"] is NSNull)
    }

    @Test("Every report can be read back, on one line too, and is the same on every run")
    func readBack() throws {
        for seed in 0..<100 {
            let report = RandomReport.report(seed: seed)
            let wide = try Self.parsed(report.json)
            let narrow = try Self.parsed(report.json, .oneLine)
            #expect(NSDictionary(dictionary: wide) == NSDictionary(dictionary: narrow))
            #expect(report.json.text(.oneLine).count(where: \.isNewline) == 1)
            #expect(report.json.text() == RandomReport.report(seed: seed).json.text())
        }
    }

    @Test("A failed recording is an object with its error")
    func failed() throws {
        let failed = FailedMeeting(version: "0.1.0", path: "a \"b\".wav", message: "damaged")
        #expect(
            failed.json.text(.oneLine)
                == #"{"error":"damaged","recording":{"path":"a \"b\".wav"},"twoway":"0.1.0"}"# + "\n")
    }
}
