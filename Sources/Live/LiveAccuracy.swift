public import Analysis
import AudioDecoding
public import Diarization
private import Foundation
import LabelFormats
import Reciprocity
import Scoring
public import Timeline

/// How one recording came out live, against its reference and against the offline analysis.
public struct LiveScore: Sendable {
    /// File name without extension.
    public var name: String
    /// Length, seconds.
    public var duration: Double
    /// Talk share after the end, against that of the offline analysis, percentage points; nil without two people.
    public var finalDifference: Double?
    /// Errors of the running talk share against the reference so far, percentage points, from minute 3 on, one each
    /// 15 s.
    public var runningErrors: [Double]
    /// Seconds from a sound to the decision about it, at most: the step plus the most work for one on an idle core.
    public var latency: Double
    /// Processor time of the work as a share of the sound's time.
    public var work: Double
}

/// Plays the recordings of a corpus as if they happened.
public struct LiveAccuracy: Sendable {
    /// Recordings shorter than this are left out, seconds.
    public static let leastDuration = 120.0
    /// The running share is looked at from here on, seconds.
    public static let start = 180.0
    private static let interval = 15.0
    private let parameters: AnalysisParameters

    /// An evaluation of analyses with `parameters`.
    public init(parameters: AnalysisParameters = .init()) { self.parameters = parameters }

    /// Plays one recording; nil when it is shorter than two minutes or not of two people.
    ///
    /// - Throws: `AudioDecodingError` or `LabelFormatError`.
    public func score(_ recording: String) async throws -> LiveScore? {
        let base = URL(filePath: recording).deletingPathExtension()
        let reference = try RTTM.recordings(atPath: base.appendingPathExtension("rttm").path).flatMap(\.segments)
        let people = Set(reference.map(\.label)).sorted()
        let offline = try await RecordingAnalyzer(parameters: parameters).analyze(.file(recording))
        guard people.count == 2, offline.recording.duration >= Self.leastDuration else { return nil }
        let decoder = try AudioDecoder(.file(recording))
        let meeting = LiveMeeting(
            sampleRate: decoder.format.sampleRate, channelCount: decoder.format.channelCount, parameters: parameters)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(
            capacity: decoder.format.sampleRate / 10 * decoder.format.channelCount)
        defer { buffer.deallocate() }
        var course: [(time: Double, share: Double)] = []
        while true {
            let frames = try decoder.read(into: buffer)
            if frames == 0 { break }
            _ = await meeting.append(Array(buffer[..<(frames * decoder.format.channelCount)]))
            let speech = meeting.diarizer.speech
            if meeting.duration >= Self.start + Double(course.count) * Self.interval, speech.a + speech.b > 0 {
                course.append((meeting.duration, Double(speech.a) / Double(speech.a + speech.b)))
            }
        }
        let labels = meeting.diarizer.timeline
        let mapping = Score(
            reference: reference, hypothesis: labels.labelled(), duration: meeting.duration, convention: .strict
        ).mapping
        let first = mapping.first { $0.value == "A" }?.key ?? people[0]
        let errors = course.map { moment -> Double in
            let times = people.map { label in
                TwoPersonTimeline(
                    of: reference.filter { $0.label == label && $0.start < moment.time }.map {
                        LabelledSegment(label: label, start: $0.start, end: min($0.end, moment.time))
                    }
                ).timeline.segments.reduce(0) { $0 + $1.duration }
            }
            let share = times[people.firstIndex(of: first) ?? 0] / max(times[0] + times[1], 1e-9)
            return 100 * abs(moment.share - share)
        }
        let final = await meeting.finish(path: recording, sha256: "", encoding: "", warnings: [])
        let shares = [final, offline].map(\.reciprocity.talkShare.a)
        return LiveScore(
            name: base.lastPathComponent, duration: meeting.duration,
            finalDifference: shares[0].flatMap { live in shares[1].map { 100 * abs(live - $0) } },
            runningErrors: errors, latency: 1 + meeting.longestWork, work: meeting.workTime / meeting.duration)
    }
}

extension LiveDiarizer {
    /// What was decided so far.
    public var timeline: Timeline {
        var segments: [SpeechSegment] = []
        var start = 0
        for index in 1..<max(labels.count + 1, 1) where index == labels.count || labels[index] != labels[start] {
            if labels[start] > 0 {
                segments.append(
                    SpeechSegment(
                        speaker: labels[start] == 1 ? .a : .b, start: Double(start) / 10, end: Double(index) / 10))
            }
            start = index
        }
        return Timeline(duration: time, segments: segments)
    }
}
