import Reciprocity
import Timeline

extension MeetingReport {
    /// The report for programs; keys and shape are a contract.
    public var json: JSONValue {
        // Only where voices were looked for.
        let voices: [String: JSONValue] =
            recognition.isEmpty ? [:] : ["recognition": .array(recognition.map(\.json))]
        return .object(
            [
                "twoway": .string(version),
                "recording": recording?.json ?? .null,
                "diarization": diarization?.json ?? .null,
                "names": JSONValue(names) { JSONValue($0) },
                "me": JSONValue(me?.rawValue),
                "turns": .array(reciprocity.knowsOnlyTotals ? [] : reciprocity.turns.map(\.json)),
                "segments": .array(
                    (reciprocity.knowsOnlyTotals ? [] : timeline.segments).sorted {
                        ($0.start, $0.end, $0.speaker) < ($1.start, $1.end, $1.speaker)
                    }
                    .map(\.json)),
                "metrics": reciprocity.metricsJSON,
                "pattern": reciprocity.verdict.json,
                "parameters": reciprocity.parameters.json,
            ].merging(voices) { $1 })
    }
}

/// What is reported about a recording that could not be analysed, as one of the objects of a batch.
public struct FailedMeeting: Sendable, Hashable {
    /// Version of the program.
    public var version: String
    /// The recording.
    public var path: String
    /// What failed and what to do, one sentence.
    public var message: String

    /// A recording that could not be analysed.
    public init(version: String, path: String, message: String) {
        self.version = version
        self.path = path
        self.message = message
    }

    /// The report for programs: the members of a meeting that are known, and `error`.
    public var json: JSONValue {
        .object([
            "twoway": .string(version), "recording": .object(["path": .string(path)]), "error": .string(message),
        ])
    }
}

extension JSONValue {
    /// One value per person under the keys `A` and `B`.
    fileprivate init<Value>(_ values: PerSpeaker<Value>, _ json: (Value) -> JSONValue) {
        self = .object(["A": json(values.a), "B": json(values.b)])
    }

    fileprivate init(_ values: PerSpeaker<Double?>) { self.init(values) { JSONValue($0) } }

    fileprivate init(_ values: PerSpeaker<Int?>) { self.init(values) { JSONValue($0) } }

    fileprivate init(_ values: PerSpeaker<Double>) { self.init(values) { .number($0) } }
}

extension RecordingFacts {
    fileprivate var json: JSONValue {
        .object([
            "path": .string(path), "sha256": JSONValue(sha256), "duration": .number(duration),
            "sampleRate": .integer(sampleRate), "channels": .integer(channels), "encoding": .string(encoding),
        ])
    }
}

extension DiarizationFacts {
    fileprivate var json: JSONValue {
        .object([
            "mode": .string(mode.rawValue), "speakers": .integer(speakers),
            "estimatedConfusion": JSONValue(estimatedConfusion), "trusted": .bool(trusted),
            "warnings": .array(warnings.map(JSONValue.string)),
        ])
    }
}

extension Turn {
    fileprivate var json: JSONValue {
        .object([
            "speaker": .string(speaker.rawValue), "start": .number(start), "end": .number(end),
            "kind": .string(kind.rawValue), "speech": .number(speech), "confidence": JSONValue(confidence),
        ])
    }
}

extension SpeechSegment {
    fileprivate var json: JSONValue {
        .object(["speaker": .string(speaker.rawValue), "start": .number(start), "end": .number(end)])
    }
}

extension Verdict {
    fileprivate var json: JSONValue {
        var description: TwoWayDescription?
        if case .twoWay(let how) = pattern { description = how }
        return .object([
            "name": .string(pattern.name), "towards": JSONValue(pattern.towards?.rawValue),
            "description": JSONValue(description?.rawValue), "reasons": .array(reasons.map(\.json)),
            "margin": JSONValue(margin), "borderline": .bool(borderline),
        ])
    }
}

extension PatternReason {
    fileprivate var json: JSONValue {
        .object([
            "measure": .string(measure.rawValue), "speaker": JSONValue(speaker?.rawValue), "value": JSONValue(value),
            "relation": JSONValue(relation?.rawValue), "threshold": JSONValue(threshold),
        ])
    }
}

extension Reciprocity {
    /// All metrics under the names of their definition.
    var metricsJSON: JSONValue {
        .object([
            "duration": .number(duration), "speakingTime": JSONValue(speakingTime),
            "floorTime": JSONValue(floorTime), "talkShare": JSONValue(talkShare),
            "talkShareInterval": JSONValue(talkShareInterval) { interval in
                interval.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
            },
            "talkOfMeeting": JSONValue(talkOfMeeting), "floorShare": JSONValue(floorShare),
            "imbalance": JSONValue(imbalance), "states": states?.json ?? .null, "turnCount": JSONValue(turnCount),
            "medianTurn": JSONValue(medianTurn), "p90Turn": JSONValue(p90Turn),
            "longestMonologue": JSONValue(longestMonologue) { $0?.json ?? .null },
            "interactivity": JSONValue(interactivity), "floorTransferOffset": floorTransferOffset?.json ?? .null,
            "overlapOnsetShare": JSONValue(overlapOnsetShare),
            "overlappedTakeovers": JSONValue(overlappedTakeovers), "backchannelRate": JSONValue(backchannelRate),
            "silenceShare": JSONValue(silenceShare), "longestSilence": JSONValue(longestSilence),
            "windows": windows?.json ?? .null, "dynamics": JSONValue(dynamics?.rawValue),
            "trajectory": JSONValue(trajectory) { .array($0.map { JSONValue($0) }) },
            "firstFloor": JSONValue(firstFloor) { $0?.json ?? .null },
            "handOver": JSONValue(handOver) { $0?.json ?? .null }, "questions": JSONValue(questions),
            "questionBalance": JSONValue(questionBalance), "helpOffered": JSONValue(helpOffered),
            "followUps": JSONValue(followUps) { $0?.json ?? .null }, "followThrough": JSONValue(followThrough),
            "timeResolution": JSONValue(timeResolution),
        ])
    }
}

extension SpeechStates {
    fileprivate var json: JSONValue {
        .object(["only": JSONValue(only), "both": .number(both), "neither": .number(neither)])
    }
}

extension TimeSpan {
    fileprivate var json: JSONValue {
        .object(["start": .number(start), "end": .number(end), "duration": .number(duration)])
    }
}

extension FloorTransferOffset {
    fileprivate var json: JSONValue {
        var members = all.members
        for speaker in Speaker.allCases {
            members[speaker.rawValue] = responder[speaker].map { .object($0.members) } ?? .null
        }
        return .object(members)
    }
}

extension FloorTransferOffset.Summary {
    fileprivate var members: [String: JSONValue] {
        ["median": .number(median), "interquartileRange": .number(interquartileRange), "count": .integer(count)]
    }
}

extension WindowShares {
    fileprivate var json: JSONValue {
        .object([
            "count": .integer(count), "led": JSONValue(led), "balanced": .number(balanced),
            "primary": JSONValue(primary?.rawValue),
        ])
    }
}

extension FirstFloor {
    fileprivate var json: JSONValue { .object(["time": .number(time), "fraction": .number(fraction)]) }
}

extension HandOver {
    fileprivate var json: JSONValue {
        .object([
            "time": .number(time), "fraction": .number(fraction), "early": .number(early), "late": .number(late),
        ])
    }
}

extension FollowUps {
    fileprivate var json: JSONValue { .object(["promised": .integer(promised), "kept": .integer(kept)]) }
}

extension ReciprocityParameters {
    /// The parameters under their own names.
    fileprivate var json: JSONValue {
        .object([
            "interpausalGap": .number(interpausalGap), "longestBackchannel": .number(longestBackchannel),
            "shortestLapse": .number(shortestLapse), "shortestSilence": .number(shortestSilence),
            "shortestRateBase": .number(shortestRateBase), "fewestTransitions": .integer(fewestTransitions),
            "takeoverOverlap": .number(takeoverOverlap), "firstFloorSpeech": .number(firstFloorSpeech),
            "windowWidth": .number(windowWidth), "windowStep": .number(windowStep), "windowLead": .number(windowLead),
            "dominatingWindows": .number(dominatingWindows), "balancedWindows": .number(balancedWindows),
            "secondaryWindows": .number(secondaryWindows), "trajectoryParts": .integer(trajectoryParts),
            "handOverShortestMeeting": .number(handOverShortestMeeting),
            "handOverEarliest": .number(handOverEarliest), "handOverTail": .number(handOverTail),
            "handOverTailShare": .number(handOverTailShare), "handOverStep": .number(handOverStep),
            "shortestMeeting": .number(shortestMeeting), "leastSpeech": .number(leastSpeech),
            "highestConfusion": .number(highestConfusion), "latePitchFloorShare": .number(latePitchFloorShare),
            "latePitchEarlyShare": .number(latePitchEarlyShare), "latePitchLateShare": .number(latePitchLateShare),
            "latePitchEarliest": .number(latePitchEarliest), "twoWayFloorShare": .number(twoWayFloorShare),
            "oneSidedFloorShare": .number(oneSidedFloorShare),
        ])
    }
}
