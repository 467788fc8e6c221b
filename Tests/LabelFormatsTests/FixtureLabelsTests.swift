import Foundation
import LabelFormats
import RepositoryFolders
import Testing
import Timeline

@Suite("Labels of the fixtures")
struct FixtureLabelsTests {
    @Test("Reading and printing gives the same bytes", arguments: ["one-sided", "late-pitch", "two-way"])
    func unchanged(name: String) throws {
        let path = RepositoryFolders.fixtures.appending(path: "\(name).rttm").path
        let recordings = try RTTM.recordings(atPath: path)
        #expect(recordings.map(\.name) == [name])
        #expect(try RTTM.text(of: recordings[0].segments, recording: name) == LabelFile.text(atPath: path))
    }

    @Test(
        "The talk shares are those that the README of the fixtures states",
        arguments: [("one-sided", "gordon", 0.92), ("late-pitch", "alasdair", 0.72), ("two-way", "theo", 0.53)])
    func shares(name: String, person: String, share: Double) throws {
        let path = RepositoryFolders.fixtures.appending(path: "\(name).rttm").path
        let segments = try RTTM.recordings(atPath: path)[0].segments
        #expect(TwoPersonTimeline(of: segments).warnings.isEmpty)
        let speech = segments.reduce(0) { $0 + $1.duration }
        let own = segments.filter { $0.label == person }.reduce(0) { $0 + $1.duration }
        #expect(abs(own / speech - share) < 0.005)
    }
}
