import Analysis
import Diarization
import Foundation
import LabelFormats
import RepositoryFolders
import Scoring
import Testing
import Timeline

@Suite("One file per person")
struct TrackAnalyzerTests {
    /// Error of the analysis against the labels of the fixture, whose time axis begins at `start`.
    private func score(_ analysis: RecordingAnalysis, _ fixture: String, startingAt start: Double) throws -> Score {
        let path = RepositoryFolders.fixtures.appending(path: fixture + ".rttm").path
        let reference = try RTTM.recordings(atPath: path).flatMap(\.segments).map {
            LabelledSegment(label: $0.label, start: $0.start + start, end: $0.end + start)
        }
        return Score(
            reference: reference, hypothesis: analysis.diarization.timeline.labelled(),
            duration: analysis.recording.duration)
    }

    struct Case: CustomTestStringConvertible, Sendable {
        let fixture: String
        let leak: Double
        let offset: Double
        var testDescription: String { "\(fixture), leak \(leak) dB, \(offset) s" }
    }

    //   first    |-----me---me------me---|
    //   second      |--GGG---GGGG--------|      offset > 0: its recorder was started later
    @Test(
        "The start of the second is found from what its microphone hears of the other",
        arguments: [
            Case(fixture: "two-way", leak: 26, offset: 2.37), Case(fixture: "two-way", leak: 50, offset: 2.37),
            Case(fixture: "one-sided", leak: 40, offset: -4.1), Case(fixture: "late-pitch", leak: 30, offset: 15),
            Case(fixture: "late-pitch", leak: 20, offset: 0),
        ])
    func offset(of tracks: Case) async throws {
        let files = try PersonTracks(tracks.fixture, leak: tracks.leak, offset: tracks.offset)
        let analysis = try await TrackAnalyzer().analyze(files.paths)
        let expected = tracks.offset == 0 ? 0 : 1
        #expect(analysis.diarization.warnings.count == expected, "\(analysis.diarization.warnings)")
        if tracks.offset != 0 {
            let tenths = (abs(tracks.offset) * 10).rounded() / 10
            #expect(
                analysis.diarization.warnings[0].contains("\(tenths) s \(tracks.offset > 0 ? "after" : "before")"))
        }
        #expect(analysis.diarization.mode == .separate)
        #expect(analysis.diarization.speakerCount == 2)
        let score = try score(analysis, tracks.fixture, startingAt: max(-tracks.offset, 0))
        // What the second recorder missed at the start counts as missed: up to 15 of 370 s.
        #expect(try #require(score.diarization.confusionRate) < 0.01)
        #expect(try #require(score.diarization.rate) < 0.06)
    }

    @Test("Without a leak both start together, which is said where their lengths differ; --offset is believed")
    func noLeak() async throws {
        let together = try PersonTracks("two-way", leak: nil, offset: 0)
        #expect(try await TrackAnalyzer().analyze(together.paths).diarization.warnings.isEmpty)
        let apart = try PersonTracks("two-way", leak: nil, offset: 5)
        let guessed = try await TrackAnalyzer().analyze(apart.paths)
        #expect(guessed.diarization.warnings.contains { $0.contains("say otherwise with --offset") })
        let told = try await TrackAnalyzer().analyze(apart.paths, offset: 5)
        #expect(told.diarization.warnings.isEmpty)
        #expect(try #require(score(told, "two-way", startingAt: 0).diarization.rate) < 0.05)
        #expect(try #require(score(guessed, "two-way", startingAt: 0).diarization.rate) > 0.1)
    }

    @Test("Tracks of different sample rates fit together")
    func rates() async throws {
        let files = try PersonTracks("two-way", leak: 30, offset: 2, secondRate: 16000)
        let analysis = try await TrackAnalyzer().analyze(files.paths)
        #expect(try #require(score(analysis, "two-way", startingAt: 0).diarization.rate) < 0.06)
        // The other way round the second starts 2 s before the first, and the meeting is the same.
        let swapped = try await TrackAnalyzer().analyze(files.paths.reversed())
        #expect(swapped.diarization.warnings[0].contains("2.0 s before"))
        #expect(abs(swapped.recording.duration - analysis.recording.duration) < 0.02)
    }

    @Test("Any number of threads gives the same, and two is the number of tracks")
    func threads() async throws {
        let files = try PersonTracks("two-way", leak: 30, offset: 2)
        var parameters = AnalysisParameters()
        parameters.threads = 3
        let many = try await TrackAnalyzer(parameters: parameters).analyze(files.paths)
        #expect(try await TrackAnalyzer().analyze(files.paths) == many)
        await #expect(throws: BatchError.twoTracksNeeded(count: 3)) {
            try await TrackAnalyzer().analyze(files.paths + [files.paths[0]])
        }
    }
}
