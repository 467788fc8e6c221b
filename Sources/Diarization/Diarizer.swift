public import SpectralAnalysis
public import Timeline

/// The features of a whole recording, ready for diarization.
public struct RecordingFeatures: Sendable {
    /// Length of the recording, seconds.
    public var duration: Double
    /// One entry for each channel that is analysed, all of the same length.
    public var channels: [SpectralFeatures]

    /// The delay between two channels, where it was measured.
    package var delays: ChannelDelays?

    /// Features of a recording of `duration` seconds.
    public init(duration: Double, channels: [SpectralFeatures]) {
        self.duration = duration
        self.channels = channels
    }
}

/// How the channels of a recording are to be read.
public enum ChannelUse: String, Sendable, Hashable, CaseIterable {
    /// Find out.
    case auto
    /// Average them and part the voices by their sound.
    case mix
    /// One person per channel.
    case separate
}

/// Who spoke when, and how sure that is.
public struct Diarization: Sendable, Hashable {
    /// How the people were told apart.
    public enum Mode: String, Sendable, Hashable {
        /// By their voices.
        case mono
        /// By the channel they are on.
        case separate
        /// By their voices and by where they sit, with two microphones in one room.
        case spatial
    }

    /// How the people were told apart.
    public var mode: Mode
    /// The speech of each, `a` being whoever speaks first; `confidence` is the mean posterior of the segment's person.
    public var timeline: Timeline
    /// People found, 0...2.
    public var speakerCount: Int
    /// Expected share of the speech that is given to the wrong person, 0...0.5; nil without two people.
    public var estimatedConfusion: Double?
    /// Half width of the 90 % interval of the talk share, 0...1; nil without two people.
    public var talkShareUncertainty: Double?
    /// Whether a verdict may rest on the split.
    public var trusted: Bool
    /// Sentences a reader should know.
    public var warnings: [String]
    /// Channel of speaker `a`, from 1, when there is one person per channel.
    public var channelOfA: Int?
    /// Channel of speaker `b`, from 1, when there is one person per channel.
    public var channelOfB: Int?
    /// What speaks for the split; nil unless parted by voice.
    public var evidence: SplitEvidence?
    /// How the people sound; nil without speech, and for people on channels of their own unless asked for.
    public var voices: RecordedVoices?
}

extension RecordingFeatures {
    /// Drops what lies at both ends in which no channel has a power above `least`, natural logarithm, where it is 20 s
    /// or more.
    ///
    /// - Returns: how much was dropped at the start, seconds.
    fileprivate mutating func removeOuterSilence(below least: Float) -> Double {
        let silences = channels.compactMap { $0.outerSilence(below: least) }
        guard var leading = silences.map(\.leading).min(), var trailing = silences.map(\.trailing).min() else {
            return 0
        }
        let shortest = SpectralFeatures.framesPerChunk
        // All blocks that levels are taken over keep their places.
        leading = leading < shortest ? 0 : leading / Self.commonBlock * Self.commonBlock
        if trailing < shortest { trailing = 0 }
        guard leading + trailing > 0 else { return 0 }
        for index in channels.indices { channels[index].removeFrames(leading: leading, trailing: trailing) }
        delays?.removeFrames(leading: leading)
        return Double(leading) * channels[0].geometry.framePeriod
    }

    /// Frames that hold a whole number of each kind of block: of 10, 25 and 50.
    private static let commonBlock = 50
}

/// Voice activity and two-speaker segmentation of a whole recording.
public struct Diarizer: Sendable {
    let parameters: DiarizationParameters

    /// A diarizer with `parameters`.
    public init(parameters: DiarizationParameters = .init()) { self.parameters = parameters }

    /// Finds who speaks when.
    ///
    /// The same features give the same result at any number of `threads`. Digital silence of 20 s and more before and
    /// behind the meeting is left out, so that it moves none of the levels that speech is compared with.
    public func diarize(
        _ recording: consuming RecordingFeatures, channelUse: ChannelUse = .auto, threads: Int = 1
    ) async -> Diarization {
        let duration = recording.duration
        let lead = recording.removeOuterSilence(below: parameters.voiceActivity.outerSilence)
        recording.duration -= lead
        var diarization = await diarizeSounding(recording, channelUse: channelUse, threads: threads)
        guard lead > 0 else { return diarization }
        diarization.timeline = Timeline(
            duration: duration,
            segments: diarization.timeline.segments.map { segment in
                var segment = segment
                segment.start += lead
                segment.end = min(segment.end + lead, duration)
                return segment
            })
        return diarization
    }

    func diarizeSounding(
        _ recording: consuming RecordingFeatures, channelUse: ChannelUse, threads: Int
    ) async -> Diarization {
        guard recording.duration >= parameters.voiceActivity.leastDuration, !recording.channels.isEmpty else {
            return nobody(recording.duration, warning: "The recording is too short to hold a conversation.")
        }
        if recording.channels.count > 2 {
            return await diarizeMany(consume recording, channelUse: channelUse, threads: threads)
        }
        let duration = recording.duration
        var mode = Diarization.Mode.mono
        var mixed: SpectralFeatures
        var known: VoiceActivity?
        var spatial: SpatialFeatures?
        if recording.channels.count == 2, channelUse == .mix {
            mixed = .powerMean(recording.channels)
        } else if recording.channels.count == 2 {
            let voiceActivity = parameters.voiceActivity
            let pair = recording.channels
            let activities = await inParallel(pair, threads: threads) {
                VoiceActivity(features: $0, parameters: voiceActivity, threads: threads / pair.count)
            }
            let masks = activities.map(\.mask)
            var layout = ChannelLayout(
                first: pair[0], second: pair[1], firstMask: masks[0], secondMask: masks[1],
                parameters: parameters.channels)
            if channelUse == .separate, layout.modes == nil { layout = .separate(lower: -.infinity, upper: .infinity) }
            if layout.modes != nil {
                return separate(pair, masks, isNear: activities.map(\.isNear), layout, duration)
            }
            if case .single(let channel) = layout {
                mixed = pair[channel - 1]
                known = activities[channel - 1]
            } else {
                mixed = .powerMean(pair)
                if recording.delays != nil { mode = .spatial }
                spatial = recording.delays.map {
                    SpatialFeatures(delays: $0, first: pair[0], second: pair[1], parameters: parameters.spatial)
                }
            }
        } else {
            mixed = recording.channels[0]
        }
        // The only reference from here on, so that rows are freed as they are used up.
        recording.channels = []
        recording.delays = nil
        return await mono(consume mixed, known, spatial, mode, duration, threads: threads)
    }

    private func mono(
        _ features: consuming SpectralFeatures, _ known: VoiceActivity?, _ spatial: SpatialFeatures?,
        _ mode: Diarization.Mode, _ duration: Double, threads: Int
    ) async -> Diarization {
        var features = consume features
        let activity =
            known ?? VoiceActivity(features: features, parameters: parameters.voiceActivity, threads: threads)
        guard activity.voiceFrameCount >= parameters.voiceActivity.leastVoiceFrames else {
            return nobody(duration, mode: mode)
        }
        let geometry = features.geometry
        let mask = activity.mask
        let edges = activity.isNear ? TurnEdges(parameters.voiceActivity) : nil
        func timeline(_ segments: [SpeechSegment]) -> Timeline {
            Timeline(
                duration: duration,
                segments: edges?.widened(segments, duration: duration) ?? segments)
        }
        let segmentation = await SpeakerSegmentation(
            features: &features, mask: mask, noise: activity.noise, overlap: parameters.overlap,
            spatial: spatial, prior: prior(geometry), parameters: parameters.segmentation, threads: threads)
        let labels = Self.labels(mask, segmentation.first)
        var splitEvidence = segmentation.evidence
        splitEvidence?.missedSpeech = activity.expectedMissedFrames / Double(activity.voiceFrameCount)
        splitEvidence?.falseSpeech = activity.expectedFalseFrames / Double(activity.voiceFrameCount)
        let limits = parameters.confidence
        guard let evidence = splitEvidence, labels.contains(.b),
            evidence.likelihoodRatio >= limits.leastLikelihoodRatio
        else {
            return Diarization(
                mode: mode,
                timeline: timeline(Self.segments(mask.map { $0 ? .a : nil }, segmentation.first, geometry, duration)),
                speakerCount: 1, estimatedConfusion: nil, talkShareUncertainty: nil, trusted: false,
                warnings: ["Only one voice was found, or too little speech to tell two voices apart."],
                channelOfA: nil, evidence: splitEvidence,
                voices: RecordedVoices(all: segmentation.voices.all))
        }
        let opensFirst = mask.firstIndex(of: true).map { segmentation.first[$0] >= 0.5 } ?? true
        let pair = PerSpeaker(a: segmentation.voices.first, b: segmentation.voices.second)
        let voices = RecordedVoices(all: segmentation.voices.all, each: opensFirst ? pair : pair.swapped)
        let confusion = limits.estimatedConfusion(evidence)
        let uncertainty = limits.shareUncertainty(
            confusion: confusion, speech: evidence.speech, missedSpeech: evidence.missedSpeech)
        let isDistinct = evidence.separation >= limits.trustedSeparation && confusion <= limits.trustedConfusion
        let isLong = uncertainty <= limits.trustedShareUncertainty
        let isCrowded = limits.hasThirdVoice(evidence.thirdVoice)
        let overlaps = segmentation.samples.map {
            OverlapDetector(samples: $0, first: segmentation.first, parameters: parameters.overlap).overlaps(
                threads: threads)
        }
        let parted = timeline(Self.segments(labels, both: overlaps ?? [], segmentation.first, geometry, duration))
        return Diarization(
            mode: mode, timeline: parted, speakerCount: 2, estimatedConfusion: confusion,
            talkShareUncertainty: uncertainty, trusted: isDistinct && isLong && !isCrowded,
            warnings: Self.warnings(isDistinct: isDistinct, isCrowded: isCrowded, isLong: isLong), channelOfA: nil,
            evidence: evidence, voices: voices)
    }

    private static func warnings(isDistinct: Bool, isCrowded: Bool, isLong: Bool) -> [String] {
        var warnings: [String] = []
        if !isDistinct { warnings.append("The two voices are hard to tell apart in this recording.") }
        if isCrowded {
            warnings.append("\(Diarization.crowd) seem to speak; the figures share their speech between two.")
        }
        if isDistinct, !isLong { warnings.append("There is too little clear speech to be sure of the shares.") }
        return warnings
    }

    func separate(
        _ features: [SpectralFeatures], _ masks: [[Bool]], isNear: [Bool], _ layout: ChannelLayout, _ duration: Double
    ) -> Diarization {
        let limits = parameters.channels
        let modes = layout.modes ?? (-.infinity, .infinity)
        let margin = limits.leakMargin(modes)
        let difference = ChannelLayout.powerDifference(features[0], features[1], width: limits.gateSmoothing)
        var runs: [[Range<Int>]] = []
        var voices: [VoiceStatistics?] = [nil, nil]
        for channel in 0..<2 {
            let gated = masks[channel].indices.map { frame in
                masks[channel][frame]
                    && (channel == 0
                        ? difference[frame] > modes.lower + margin
                        : difference[frame] < modes.upper - margin)
            }
            let speech = SpeechDecoder.tidy(
                gated, padding: 0, bridgedPause: limits.bridgedPause, leastSpeech: limits.leastSpeech)
            runs.append(SpeechDecoder.speechRuns(speech))
            if parameters.measuresVoices { voices[channel] = voice(features[channel], speech) }
        }
        let starts = runs.map { $0.first?.lowerBound ?? Int.max }
        let channelOfA = starts[1] < starts[0] ? 2 : 1
        let geometry = features[0].geometry
        let segments = runs.enumerated().flatMap { channel, runs in
            let own = runs.map { run in
                SpeechSegment(
                    speaker: channel + 1 == channelOfA ? .a : .b, start: geometry.boundary(beforeFrame: run.lowerBound),
                    end: min(geometry.boundary(beforeFrame: run.upperBound), duration), confidence: 1)
            }
            return isNear[channel] ? TurnEdges(parameters.voiceActivity).widened(own, duration: duration) : own
        }.inOrder()
        let count = runs.filter { !$0.isEmpty }.count
        guard count > 0 else { return nobody(duration, mode: .separate) }
        let speech = segments.reduce(0) { $0 + $1.duration }
        let uncertainty = parameters.confidence.shareUncertainty(onChannels: speech)
        return Diarization(
            mode: .separate, timeline: Timeline(duration: duration, segments: segments), speakerCount: count,
            estimatedConfusion: count == 2 ? 0 : nil, talkShareUncertainty: count == 2 ? uncertainty : nil,
            trusted: count == 2 && uncertainty <= parameters.confidence.trustedShareUncertainty,
            warnings: count == 2 ? [] : ["Only one of the two channels holds speech."],
            channelOfA: channelOfA, channelOfB: 3 - channelOfA, evidence: nil,
            voices: RecordedVoices(channels: voices, channelOfA: channelOfA))
    }

    /// The voice of the one person who speaks where `mask` says so.
    private func voice(_ features: SpectralFeatures, _ mask: [Bool]) -> VoiceStatistics? {
        guard mask.count(where: { $0 }) >= parameters.voiceActivity.leastVoiceFrames else { return nil }
        let segmentation = parameters.segmentation
        let weights = FrameWeights(features: features, parameters: segmentation)
        let blocks = BlockStatistics(
            features: features, mask: mask, frameWeights: weights, parameters: segmentation)
        let excerpt = blocks.excerpt(segmentation)
        let space = SpeakerSpace(
            features: features, mask: mask, frameWeights: weights, blocks: excerpt, whole: blocks,
            prior: prior(features.geometry), parameters: segmentation)
        return VoiceStatistics(
            of: [Double](repeating: 1, count: excerpt.count), blocks: excerpt, space: space)
    }

    private func prior(_ geometry: FrameGeometry) -> SpeakerPrior {
        geometry.sampleRate <= Double(parameters.spectral.narrowBandRate) ? .telephone : .wideBand
    }

    private func nobody(
        _ duration: Double, mode: Diarization.Mode = .mono, warning: String = "No speech was found."
    ) -> Diarization {
        Diarization(
            mode: mode, timeline: Timeline(duration: duration, segments: []), speakerCount: 0, estimatedConfusion: nil,
            talkShareUncertainty: nil, trusted: false, warnings: [warning], channelOfA: nil, evidence: nil)
    }

    /// The likelier person of every frame of speech; `a` is whoever comes first.
    private static func labels(_ mask: [Bool], _ first: [Float]) -> [Speaker?] {
        guard let opening = mask.firstIndex(of: true) else { return mask.map { _ in nil } }
        let opensFirst = first[opening] >= 0.5
        return zip(mask, first).map { isSpeech, first in
            isSpeech ? ((first >= 0.5) == opensFirst ? .a : .b) : nil
        }
    }

    /// Runs of one label, and of the speech of each person where the frames `both` are the other's too, in order.
    private static func segments(
        _ labels: [Speaker?], both: [Range<Int>], _ first: [Float], _ geometry: FrameGeometry, _ duration: Double
    ) -> [SpeechSegment] {
        guard !both.isEmpty else { return segments(labels, first, geometry, duration) }
        let people: [Speaker] = [.a, .b]
        return people.flatMap { speaker in
            var own = labels.map { $0 == speaker ? speaker : nil }
            for range in both {
                for frame in range.clamped(to: 0..<labels.count) where labels[frame] != nil { own[frame] = speaker }
            }
            return segments(own, first, geometry, duration)
        }.inOrder()
    }

    /// Runs of one label as segments, in order.
    private static func segments(
        _ labels: [Speaker?], _ first: [Float], _ geometry: FrameGeometry, _ duration: Double
    ) -> [SpeechSegment] {
        var segments: [SpeechSegment] = []
        var start = 0
        var certainty = 0.0
        for frame in 0...labels.count {
            if frame == labels.count || (frame > start && labels[frame] != labels[start]) {
                if frame > start, let speaker = labels[start] {
                    segments.append(
                        SpeechSegment(
                            speaker: speaker, start: geometry.boundary(beforeFrame: start),
                            end: min(geometry.boundary(beforeFrame: frame), duration),
                            confidence: certainty / Double(frame - start)))
                }
                start = frame
                certainty = 0
            }
            if frame < labels.count { certainty += Double(max(first[frame], 1 - first[frame])) }
        }
        return segments
    }
}

extension ChannelLayout {
    /// The two typical level differences with one person per channel; nil otherwise.
    package var modes: (lower: Float, upper: Float)? {
        if case .separate(let lower, let upper) = self { return (lower, upper) }
        return nil
    }
}
