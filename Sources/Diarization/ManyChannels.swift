package import SpectralAnalysis
public import Timeline

extension Diarizer {
    /// Finds who speaks when in three or more channels: picks those that say it, and reads them as one or two.
    func diarizeMany(
        _ recording: consuming RecordingFeatures, channelUse: ChannelUse, threads: Int
    ) async -> Diarization {
        let channels = recording.channels
        let (duration, count) = (recording.duration, recording.channels.count)
        let (masks, isNear) = await speech(in: channels, threads: threads)
        let selection = await ChannelSelection(
            of: channels, masks: masks, use: channelUse, parameters: parameters, threads: threads)
        recording.channels = []
        var found: Diarization
        var read = selection.distinct
        if let people = selection.people {
            read = people.channels
            found = separate(
                read.map { channels[$0] }, people.masks, isNear: read.map { isNear[$0] }, people.layout, duration)
            if people.isCrowded {
                found.trusted = false
                found.warnings.append(
                    "\(Diarization.crowd) seem to have a channel of their own; the figures are of the two who speak most, on "
                        + "channels \(read[0] + 1) and \(read[1] + 1).")
            }
        } else if read.count > 2 || channelUse == .mix {
            recording.channels = [.powerMean(read.map { channels[$0] })]
            found = await diarizeSounding(recording, channelUse: channelUse, threads: threads)
        } else {
            if channelUse == .separate, read.count == 1 { read = Self.pair(read[0], masks) }
            recording.channels = read.map { channels[$0] }
            found = await diarizeSounding(recording, channelUse: channelUse, threads: threads)
        }
        found.name(channels: read, of: count, isComplete: selection.distinct.allSatisfy(read.contains))
        return found
    }

    /// Channels of one microphone each, or of several, heard as one: the mean of the powers of those that say something.
    package func heardAsOne(_ channels: [SpectralFeatures], threads: Int) async -> SpectralFeatures {
        guard channels.count > 2 else { return .powerMean(channels) }
        let masks = await speech(in: channels, threads: threads).masks
        let selection = await ChannelSelection(
            of: channels, masks: masks, use: .mix, parameters: parameters, threads: threads)
        return .powerMean(selection.distinct.map { channels[$0] })
    }

    /// Where there is speech in each channel, and whether it ends as fast as near a microphone.
    private func speech(in channels: [SpectralFeatures], threads: Int) async -> (masks: [[Bool]], isNear: [Bool]) {
        let voiceActivity = parameters.voiceActivity
        let found = await inParallel(channels, threads: threads) { channel -> (mask: [Bool], isNear: Bool) in
            let activity = VoiceActivity(
                features: channel, parameters: voiceActivity, threads: threads / channels.count)
            return (activity.mask, activity.isNear)
        }
        return (found.map(\.mask), found.map(\.isNear))
    }

    /// A channel and, of the others, the one with the least speech: that of somebody who says nothing.
    private static func pair(_ channel: Int, _ masks: [[Bool]]) -> [Int] {
        let counts = masks.map { mask in mask.count { $0 } }
        let others = masks.indices.filter { $0 != channel }
        return [channel, others.min { counts[$0] < counts[$1] } ?? channel].sorted()
    }
}

extension Diarization {
    /// Who is on a channel, from 1; nil unless each of the two has one and this is it.
    public func speaker(onChannel channel: Int) -> Speaker? {
        switch channel {
        case channelOfA: .a
        case channelOfB: .b
        default: nil
        }
    }

    /// How a warning begins that says that the figures leave somebody out.
    static let crowd = "More than two people"

    /// Gives the channels, those of the recording from 0, the numbers that they have there; `isComplete` when no other one
    /// holds speech of its own.
    fileprivate mutating func name(channels read: [Int], of count: Int, isComplete: Bool) {
        channelOfA = channelOfA.map { read[$0 - 1] + 1 }
        channelOfB = channelOfB.map { read[$0 - 1] + 1 }
        warnings = warnings.map {
            $0.replacing("Only one of the two channels", with: "Only one of the \(count) channels")
        }
        guard speakerCount > 0, read.count < count,
            !warnings.contains(where: { $0.hasPrefix(Self.crowd + " seem to have") })
        else { return }
        let numbers = read.map { String($0 + 1) }
        let list =
            numbers.dropLast().joined(separator: ", ") + (numbers.count > 1 ? " and " : "") + numbers[numbers.count - 1]
        warnings.append(
            "Of the \(count) channels" + (numbers.count == 1 ? " only \(list) was read" : ", \(list) were read")
                + (isComplete ? "; the others hold no speech of their own." : "."))
    }
}
