public import Foundation

/// A recording whose whole analysis is measured.
public struct BenchmarkRecording: Sendable, Hashable {
    /// Name of its file, without extension.
    public var name: String
    /// What is measured, for people.
    public var title: String
    /// Length, minutes.
    public var minutes: Double
    /// Frames per second, hertz.
    public var sampleRate = 16_000
    /// 1 or 2.
    public var channelCount = 1

    /// The recordings of a run; the long ones too if `isLong`.
    public static func all(minutes: Double, isLong: Bool) -> [BenchmarkRecording] {
        var all = [
            BenchmarkRecording(name: "mono16k", title: "whole: 16 kHz mono", minutes: minutes),
            BenchmarkRecording(
                name: "stereo44k", title: "whole: 44.1 kHz stereo", minutes: minutes, sampleRate: 44_100,
                channelCount: 2),
            BenchmarkRecording(name: "phone8k", title: "whole: 8 kHz telephone", minutes: minutes, sampleRate: 8000),
        ]
        if isLong {
            all.append(BenchmarkRecording(name: "mono16k4h", title: "whole: 4 h", minutes: 240))
            all.append(BenchmarkRecording(name: "mono16k8h", title: "whole: 8 h", minutes: 480))
        }
        return all
    }

    /// Writes all of them to `folder`: ten minutes of conversation, then the same again with another gain.
    ///
    /// - Throws: Whatever writing a file can fail with.
    public static func write(minutes: Double, isLong: Bool, to folder: URL) throws {
        var meetings: [Int: SyntheticMeeting] = [:]
        for recording in all(minutes: minutes, isLong: isLong) {
            let rate = recording.sampleRate
            let meeting = meetings[rate] ?? SyntheticMeeting(seconds: min(minutes, 10) * 60, sampleRate: rate)
            meetings[rate] = meeting
            try meeting.write(
                seconds: recording.minutes * 60, channelCount: recording.channelCount,
                to: folder.appending(path: recording.name + ".wav").path)
        }
    }
}
