import Analysis
import AudioDecoding
import Diarization
import Foundation
import LabelFormats
import Reciprocity
import RepositoryFolders
import Scoring
import Testing
import Timeline

@Suite("One recording from bytes to verdict")
struct RecordingAnalyzerTests {
    private func analyze(_ name: String, threads: Int = 1) async throws -> RecordingAnalysis {
        var parameters = AnalysisParameters()
        parameters.threads = threads
        let path = RepositoryFolders.fixtures.appending(path: name + ".wav").path
        return try await RecordingAnalyzer(parameters: parameters).analyze(.file(path))
    }

    @Test(
        "Each spoken fixture gets the pattern it was written for",
        arguments: [("one-sided", "oneSided"), ("late-pitch", "latePitch"), ("two-way", "twoWay")])
    func pattern(name: String, expected: String) async throws {
        let analysis = try await analyze(name)
        #expect(analysis.diarization.speakerCount == 2)
        #expect(analysis.diarization.trusted)
        #expect(analysis.reciprocity.verdict.pattern.name == expected)
    }

    @Test(
        "The labels found agree with those the fixture was built from",
        arguments: ["one-sided", "late-pitch", "two-way"])
    func accuracy(name: String) async throws {
        let analysis = try await analyze(name)
        let path = RepositoryFolders.fixtures.appending(path: name + ".rttm").path
        let reference = try RTTM.recordings(atPath: path).flatMap(\.segments)
        let score = Score(
            reference: reference, hypothesis: analysis.diarization.timeline.labelled(),
            duration: analysis.recording.duration)
        #expect(try #require(score.diarization.rate) < 0.05)
        #expect(try #require(score.talkShareError) < 3)
    }

    @Test("Any number of threads gives the same analysis", arguments: [2, 3, 8])
    func threads(count: Int) async throws {
        let one = try await analyze("late-pitch")
        let many = try await analyze("late-pitch", threads: count)
        #expect(one == many)
    }

    @Test("The recording is known by the hash of its bytes")
    func identity() async throws {
        let analysis = try await analyze("two-way")
        let path = RepositoryFolders.fixtures.appending(path: "two-way.wav").path
        #expect(analysis.recording.sampleRate == 8000)
        #expect(analysis.recording.channelCount == 1)
        #expect(analysis.recording.sha256?.count == 64)
        let again = try await analyze("one-sided")
        #expect(again.recording.sha256 != analysis.recording.sha256)
        #expect(analysis.recording.path == path)
    }

    @Test("A missing recording is an error that names it")
    func missing() async {
        await #expect(throws: AudioDecodingError.self) {
            try await RecordingAnalyzer().analyze(.file("/nowhere/meeting.wav"))
        }
    }
}

@Suite("Accuracy on recordings with references", .enabled(if: RepositoryFolders.corpus != nil, "no corpus here"))
struct CorpusAccuracyTests {
    /// Most mean diarization error allowed per folder, NIST collar, overlap scored, recordings with one channel.
    static let limits = [("real", 0.10), ("same-channel", 0.05)]

    @Test("Mean diarization error stays below its limit", arguments: limits)
    func limit(folder: String, limit: Double) async throws {
        let corpus = try #require(RepositoryFolders.corpus)
        var rates: [Double] = []
        for recording in CorpusAccuracy.recordings(below: corpus.appending(path: folder).path) {
            let score = try await CorpusAccuracy().score(recording)
            guard score.analysis.recording.channelCount == 1 else { continue }
            rates.append(try #require(score.collared.diarization.rate))
        }
        #expect(!rates.isEmpty)
        #expect(rates.reduce(0, +) / Double(rates.count) <= limit)
    }
}
