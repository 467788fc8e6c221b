public import AudioDecoding
public import Diarization
import SpectralAnalysis
public import Timeline

/// Why a voice cannot be taken from a recording.
///
/// `description` is one sentence: what failed, where, what to do.
public enum VoiceEnrolmentError: Error, Sendable, Hashable {
    /// The recording cannot be decoded.
    case decoding(AudioDecodingError)
    /// Two people speak and nobody said which is meant.
    case twoPeople(String)
    /// Only one person was found, so there is no other to choose.
    case noSuchPerson(String)
    /// The recording has no person per channel.
    case noChannels(String)
    /// Neither of the two people, who have a channel each, is on the one that is meant.
    case nobodyOnChannel(String, channel: Int, people: [Int])
    /// There is less speech than a voice print needs, seconds.
    case tooLittleSpeech(String, seconds: Double, least: Double)
}

extension VoiceEnrolmentError: CustomStringConvertible {
    /// The error as one sentence for a person.
    public var description: String {
        switch self {
        case .decoding(let error): error.description
        case .twoPeople(let name):
            "\(name) seems to hold two voices; say with --speaker A or B which is meant (twoway analyze shows them), or "
                + "with --speaker only that nobody else speaks."
        case .noSuchPerson(let name):
            "In \(name) only one person was found, so there is no speaker to choose; leave out --speaker."
        case .noChannels(let name):
            "\(name) does not hold one person per channel, left and right, so --speaker cannot be either; use A or B."
        case .nobodyOnChannel(let name, let channel, let people):
            "Neither of the two people of \(name) is on channel \(channel); use --speaker "
                + people.map(String.init).joined(separator: " or ") + "."
        case .tooLittleSpeech(let name, let seconds, let least):
            "\(name) holds only \(Int(seconds)) s of speech of this person; at least \(Int(least)) s are needed, 30 s are "
                + "good."
        }
    }
}

/// Takes a person's voice from a recording, for all bands it passes.
public struct VoiceEnrolment: Sendable {
    /// Who is meant.
    public enum Choice: Sendable, Hashable {
        /// The only voice of the recording.
        case only
        /// One of the two.
        case speaker(Speaker)
        /// Whoever speaks when this person does in an earlier analysis of the same recording.
        case speakerOf(Timeline, Speaker)
        /// Whoever is on this channel, from 1.
        case channel(Int)
    }

    /// Less speech than this is refused, weighted seconds.
    public static let leastSpeech = 8.0

    private let parameters: AnalysisParameters

    /// An enrolment by analyses with `parameters`.
    public init(parameters: AnalysisParameters = .init()) {
        var parameters = parameters
        parameters.diarization.measuresVoices = true
        self.parameters = parameters
    }

    /// The voice of a person in a file; nil for `choice` means the only one, unless two people surely speak.
    ///
    /// - Throws: `VoiceEnrolmentError`.
    public func statistics(of path: String, choice: Choice?) async throws(VoiceEnrolmentError) -> [VoiceStatistics] {
        let analysis = try await analyze(path, parameters)
        let speaker = try speaker(choice, in: analysis)
        var found: [VoiceStatistics] = []
        func take(_ voices: RecordedVoices?, _ speaker: Speaker?) {
            guard let voices else { return }
            if let speaker { found += voices.each.map { [$0[speaker]] } ?? [] } else { found.append(voices.all) }
        }
        take(analysis.diarization.voices, speaker)
        if found.first?.band == .wide {
            // For meetings over the telephone later on.
            let narrow = try await analyze(path, parameters.telephoneBand)
            take(
                narrow.diarization.voices,
                speaker.map { narrow.diarization.timeline.speaker(like: $0, of: analysis.diarization.timeline) })
        }
        let seconds = (found.first?.weight ?? 0) / 100
        guard seconds >= Self.leastSpeech else {
            throw .tooLittleSpeech(path, seconds: seconds, least: Self.leastSpeech)
        }
        return found
    }

    private func analyze(
        _ path: String, _ parameters: AnalysisParameters
    ) async throws(VoiceEnrolmentError) -> RecordingAnalysis {
        do {
            return try await RecordingAnalyzer(parameters: parameters).analyze(.file(path))
        } catch {
            throw .decoding(error)
        }
    }

    private func speaker(
        _ choice: Choice?, in analysis: RecordingAnalysis
    ) throws(VoiceEnrolmentError) -> Speaker? {
        let (path, diarization) = (analysis.recording.path, analysis.diarization)
        switch choice {
        case nil:
            if diarization.speakerCount == 2, diarization.trusted { throw .twoPeople(path) }
            return nil
        case .only: return nil
        case .speaker(let speaker):
            if diarization.speakerCount < 2 { throw .noSuchPerson(path) }
            return speaker
        case .speakerOf(let earlier, let speaker):
            let people = Set(earlier.segments.map(\.speaker))
            guard people.contains(speaker), diarization.speakerCount >= people.count else {
                throw .noSuchPerson(path)
            }
            return diarization.speakerCount < 2 ? nil : diarization.timeline.speaker(like: speaker, of: earlier)
        case .channel(let channel):
            guard let speaker = diarization.speaker(onChannel: channel) else {
                let people = [diarization.channelOfA, diarization.channelOfB].compactMap(\.self).sorted()
                throw people.count < 2
                    ? .noChannels(path) : .nobodyOnChannel(path, channel: channel, people: people)
            }
            return diarization.speakerCount < 2 ? nil : speaker
        }
    }
}

extension AnalysisParameters {
    /// The same, with every recording heard as over a telephone.
    public var telephoneBand: AnalysisParameters {
        var narrow = self
        narrow.diarization.spectral.leastDecimatedRate = 8000
        narrow.diarization.spectral.narrowBandRate = 15_999
        return narrow
    }
}

extension Timeline {
    /// Who in this timeline speaks when `other`'s `speaker` does.
    package func speaker(like speaker: Speaker, of other: Timeline) -> Speaker {
        func shared(_ own: Speaker) -> Double {
            let theirs = other.segments.filter { $0.speaker == speaker }
            return segments.filter { $0.speaker == own }.reduce(0) { sum, segment in
                sum + theirs.reduce(0) { $0 + max(min($1.end, segment.end) - max($1.start, segment.start), 0) }
            }
        }
        return shared(.a) >= shared(.b) ? .a : .b
    }
}

extension RecordingAnalyzer {
    /// The people of a file as they sound over a telephone, in the order of `analysis`: for voices that were enrolled
    /// from a telephone.
    ///
    /// - Throws: `AudioDecodingError`.
    public func telephoneVoices(
        of path: String, like analysis: RecordingAnalysis, parameters: AnalysisParameters
    ) async throws(AudioDecodingError) -> RecordedVoices? {
        let narrow = try await RecordingAnalyzer(parameters: parameters.telephoneBand).analyze(.file(path)).diarization
        guard var voices = narrow.voices else { return nil }
        if narrow.timeline.speaker(like: .a, of: analysis.diarization.timeline) == .b {
            voices.each = voices.each?.swapped
        }
        return voices
    }
}
