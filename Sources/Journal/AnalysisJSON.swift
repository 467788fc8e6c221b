import Reciprocity
import Timeline

/// The field `analysis` of the JSON Lines form, version 2.
extension RecordedAnalysis: Codable {
    private enum Key: String, CodingKey, CaseIterable {
        case source, name, duration, me, resolution, trusted, estimatedConfusion, talkShareInterval, sound, segments
    }

    /// Reads the field; see seeds/README.md.
    public init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        let trusted = try fields.optional(Bool.self, .trusted)
        self.init(
            source: try fields.value(Source.self, .source), name: try fields.value(String.self, .name),
            timeline: Timeline(
                duration: try fields.value(Double.self, .duration),
                segments: try fields.value([SegmentFields].self, .segments).map(\.segment)),
            me: try Speaker(fields, .me),
            trust: try trusted.map { trusted in
                SegmentationTrust(
                    trusted: trusted, estimatedConfusion: try fields.optional(Double.self, .estimatedConfusion),
                    talkShareInterval: try fields.optional(PerSpeaker<[Double]>.self, .talkShareInterval).map {
                        bounds in
                        try bounds.map { bounds in
                            guard bounds.count == 2, bounds[0] <= bounds[1] else {
                                throw fields.problem(.talkShareInterval, "it has to be two numbers in order for each")
                            }
                            return bounds[0]...bounds[1]
                        }
                    })
            },
            timeResolution: try fields.optional(Double.self, .resolution),
            sound: try fields.optional(SoundFacts.self, .sound))
    }

    /// Writes the field.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(source, forKey: .source)
        try container.encode(name, forKey: .name)
        try container.encode(timeline.duration, forKey: .duration)
        try container.encode(me.rawValue, forKey: .me)
        try container.encodeIfPresent(timeResolution, forKey: .resolution)
        try container.encodeIfPresent(trust?.trusted, forKey: .trusted)
        try container.encodeIfPresent(trust?.estimatedConfusion, forKey: .estimatedConfusion)
        try container.encodeIfPresent(
            trust?.talkShareInterval?.map { [$0.lowerBound, $0.upperBound] }, forKey: .talkShareInterval)
        try container.encodeIfPresent(sound, forKey: .sound)
        try container.encode(timeline.segments.map(SegmentFields.init), forKey: .segments)
    }
}

extension Speaker {
    /// Reads `A` or `B`.
    fileprivate init<Key>(_ fields: Fields<Key>, _ key: Key) throws {
        let text = try fields.value(String.self, key)
        guard let speaker = Speaker(rawValue: text) else { throw fields.problem(key, "\(text) is neither A nor B") }
        self = speaker
    }
}

private struct SegmentFields: Codable {
    var segment: SpeechSegment

    private enum Key: String, CodingKey, CaseIterable { case speaker, start, end, confidence }

    init(_ segment: SpeechSegment) { self.segment = segment }

    init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        segment = SpeechSegment(
            speaker: try Speaker(fields, .speaker), start: try fields.value(Double.self, .start),
            end: try fields.value(Double.self, .end), confidence: try fields.optional(Double.self, .confidence))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(segment.speaker.rawValue, forKey: .speaker)
        try container.encode(segment.start, forKey: .start)
        try container.encode(segment.end, forKey: .end)
        try container.encodeIfPresent(segment.confidence, forKey: .confidence)
    }
}

extension RecordedAnalysis.SoundFacts: Codable {
    private enum Key: String, CodingKey, CaseIterable { case sampleRate, channels, encoding, mode, speakers, warnings }

    /// Reads the facts of a sound file.
    public init(from decoder: any Decoder) throws {
        let fields = try Fields<Key>(decoder)
        try fields.refuseUnknown()
        self.init(
            sampleRate: try fields.value(Int.self, .sampleRate), channels: try fields.value(Int.self, .channels),
            encoding: try fields.value(String.self, .encoding), mode: try fields.value(String.self, .mode),
            speakers: try fields.value(Int.self, .speakers), warnings: try fields.value([String].self, .warnings))
    }

    /// Writes the facts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(sampleRate, forKey: .sampleRate)
        try container.encode(channels, forKey: .channels)
        try container.encode(encoding, forKey: .encoding)
        try container.encode(mode, forKey: .mode)
        try container.encode(speakers, forKey: .speakers)
        try container.encode(warnings, forKey: .warnings)
    }
}
