public import Diarization

/// The voice of a person, as kept: statistics and no sound.
public struct VoicePrint: Sendable, Hashable, Codable {
    /// Whose voice it is; `VoicePrint.me` is the reader.
    public var name: String
    /// Speech it was made from, weighted seconds.
    public var speech: Double
    /// Day it was last enrolled, ISO 8601, in UTC.
    public var enrolled: String
    /// What was heard, by what the recording passed.
    public var statistics: [VoiceStatistics]

    /// The name under which the reader's own voice is kept.
    public static let me = "me"

    /// A voice as heard.
    ///
    /// - Parameters:
    ///   - name: Whose voice it is.
    ///   - enrolled: Today, ISO 8601.
    ///   - statistics: What was heard, at most once per band.
    public init(name: String, enrolled: String, statistics: [VoiceStatistics]) {
        self.name = name
        self.enrolled = enrolled
        self.statistics = statistics
        speech = Self.speech(of: statistics)
    }

    /// What was heard in `band`; nil where nothing was.
    public subscript(band: VoiceStatistics.Band) -> VoiceStatistics? { statistics.first { $0.band == band } }

    /// The same voice heard once more.
    public func adding(_ other: VoicePrint) -> VoicePrint {
        var merged = statistics
        for heard in other.statistics {
            if let index = merged.firstIndex(where: { $0.band == heard.band }) {
                merged[index].add(heard)
            } else {
                merged.append(heard)
            }
        }
        return VoicePrint(name: name, enrolled: other.enrolled, statistics: merged)
    }

    /// Frames are 10 ms apart.
    private static func speech(of statistics: [VoiceStatistics]) -> Double {
        (statistics.map(\.weight).max() ?? 0) / 100
    }
}
