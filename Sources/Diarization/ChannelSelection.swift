private import CSpeechKernels
private import RealModule
package import SpectralAnalysis

/// What of three or more channels says who speaks.
///
/// Channels without speech, and further ones with the same signal, say nothing. Where people have channels of their own,
/// the two who speak most are chosen; else all that is left are microphones in one room.
package struct ChannelSelection: Sendable, Hashable {
    /// Two people with channels of their own among three or more that differ.
    package struct People: Sendable, Hashable {
        /// The channels of the two who speak most, from 0, ascending.
        package var channels: [Int]
        /// `.separate`, of those two.
        package var layout: ChannelLayout
        /// Speech of each of the two; without what a third person's channel holds louder.
        package var masks: [[Bool]]
        /// Whether a third person has a channel too.
        package var isCrowded: Bool
    }

    /// Channels, from 0, with speech that no other of them repeats, ascending; at least one.
    package private(set) var distinct: [Int]
    /// Two of them with a person each; nil where there are no three, or no two people on channels of their own.
    package private(set) var people: People?

    /// Finds out about `channels`, the speech in which is `masks`.
    ///
    /// - Parameter use: `.separate` takes it as known that there is a person per channel, `.mix` that there is not.
    package init(
        of channels: [SpectralFeatures], masks: [[Bool]], use: ChannelUse = .auto, parameters: DiarizationParameters,
        threads: Int = 1
    ) async {
        distinct = Self.distinct(channels, masks, parameters.channels)
        guard distinct.count > 2, use != .mix else { return }
        let search = await PeopleSearch(
            channels: distinct.map { channels[$0] }, masks: distinct.map { masks[$0] }, parameters: parameters,
            threads: threads)
        guard var people = search.people ?? (use == .separate ? search.loudest : nil) else { return }
        people.channels = people.channels.map { distinct[$0] }
        self.people = people
    }

    /// Channels with speech, the loudest of those with the same signal and the first among equals.
    private static func distinct(
        _ channels: [SpectralFeatures], _ masks: [[Bool]], _ parameters: ChannelParameters
    ) -> [Int] {
        let counts = masks.map { mask in mask.count { $0 } }
        var distinct: [Int] = []
        for channel in channels.indices where counts[channel] >= parameters.leastVoiceFrames {
            let own = voiced(masks[channel], masks[channel], parameters)
            guard ChannelLayout.loudLevel(channels[channel], own) >= parameters.deadLogPower else { continue }
            let twin = distinct.firstIndex { other in
                let frames = voiced(masks[other], masks[channel], parameters)
                return ChannelLayout.medianSpectralDifference(channels[other], channels[channel], frames)
                    < parameters.sameSignalDifference
            }
            if let twin {
                let frames = voiced(masks[distinct[twin]], masks[channel], parameters)
                let isLouder =
                    ChannelLayout.loudLevel(channels[channel], frames)
                    > ChannelLayout.loudLevel(channels[distinct[twin]], frames)
                if isLouder { distinct[twin] = channel }
            } else {
                distinct.append(channel)
            }
        }
        if distinct.isEmpty {
            // The most there is to hear; nobody is found in it, or hardly anybody.
            return [counts.indices.reduce(0) { counts[$1] > counts[$0] ? $1 : $0 }]
        }
        return distinct.sorted()
    }

    private static func voiced(_ one: [Bool], _ other: [Bool], _ parameters: ChannelParameters) -> [Int] {
        spread(one.indices.filter { one[$0] || other[$0] }, most: parameters.greatestVoiceFrameCount)
    }
}

/// Looks for people with channels of their own.
private struct PeopleSearch {
    private let masks: [[Bool]]
    private let parameters: DiarizationParameters
    /// Natural logarithm of the power around each frame, by channel.
    private let powers: [[Float]]
    /// Where each channel holds speech about as loud as its loudest: its own, and not another's leak.
    private let loud: [[Bool]]
    /// The layout of each pair with a person per channel, by both channels, the lower one first.
    private var layouts: [[Int]: ChannelLayout] = [:]

    init(channels: [SpectralFeatures], masks: [[Bool]], parameters: DiarizationParameters, threads: Int) async {
        (self.masks, self.parameters) = (masks, parameters)
        let limits = parameters.channels
        powers = await inParallel(channels, threads: threads) { features in
            let rows = features.rowTable
            return movingAverage((0..<features.frameCount).map { total_power(rows[$0]) }, width: limits.gateSmoothing)
                .map { Float.log(max($0, .leastNormalMagnitude)) }
        }
        let loudest = Self.loudest(powers, masks, limits)
        let near = Self.near(powers, loudest, limits)
        loud = zip(zip(powers, masks), loudest).map { channel, loudest in
            let least = loudest - limits.loudDepth / ChannelLayout.decibelsPerLog
            return zip(channel.0, channel.1).map { $1 && $0 >= least }
        }
        let pairs = channels.indices.flatMap { one in ((one + 1)..<channels.count).map { [one, $0] } }
        let found = await inParallel(pairs, threads: threads) { pair in
            func layout(_ heard: [[Bool]]) -> ChannelLayout {
                ChannelLayout(
                    first: channels[pair[0]], second: channels[pair[1]], firstMask: heard[0], secondMask: heard[1],
                    parameters: limits)
            }
            let whole = layout(pair.map { masks[$0] })
            if whole.modes != nil { return whole }
            // A third person who leaks into both as loud may hide that each of the two has a channel.
            return layout(
                pair.map { channel in
                    masks[channel].indices.map { masks[channel][$0] && (near[pair[0]][$0] || near[pair[1]][$0]) }
                })
        }
        for (pair, layout) in zip(pairs, found) where layout.modes != nil { layouts[pair] = layout }
    }

    /// Where each channel is about as loud as any, as it is or measured by its own loudest speech: microphones differ in
    /// gain, and a mixture of a loud person and a soft one is as loud as each.
    private static func near(_ powers: [[Float]], _ loudest: [Float], _ limits: ChannelParameters) -> [[Bool]] {
        let margin = limits.leakMargins.lowerBound / ChannelLayout.decibelsPerLog
        func near(_ gains: [Float]) -> [[Bool]] {
            let highest = powers[0].indices.map { frame in
                powers.indices.reduce(-Float.infinity) { max($0, powers[$1][frame] - gains[$1]) }
            }
            return powers.indices.map { channel in
                highest.indices.map { powers[channel][$0] - gains[channel] >= highest[$0] - margin }
            }
        }
        return zip(near(loudest), near(loudest.map { _ in 0 })).map { zip($0, $1).map { $0 || $1 } }
    }

    /// Level of the loudest speech of each channel.
    private static func loudest(_ powers: [[Float]], _ masks: [[Bool]], _ limits: ChannelParameters) -> [Float] {
        zip(powers, masks).map { powers, mask in
            let frames = spread(mask.indices.filter { mask[$0] }, most: limits.greatestVoiceFrameCount)
            var levels = frames.map { powers[$0] }
            return quantile(&levels, 0.99)
        }
    }

    /// People of whom each is on another channel than each of the others, and how much each speaks.
    private struct Group {
        var members: [Int]
        /// Frames in which each speaks.
        var speech: [Int]
        /// Least distance of the two typical level differences of a pair, decibels.
        var distance: Float
        /// Places of two members who leave each other time to speak, the most talkative first.
        var talking: [[Int]]
        var total: Int { speech.reduce(0, +) }
    }

    /// The two who speak most of those who have channels of their own.
    ///
    /// A mixture of two people is on no other channel than they are, so it is no third person.
    var people: ChannelSelection.People? {
        guard let group = bestGroup, let chosen = group.talking.first else { return nil }
        let pair = chosen.map { group.members[$0] }.sorted()
        guard let layout = layouts[pair] else { return nil }
        let least = parameters.confidence.thirdVoiceShare * Double(group.total)
        let others = group.members.indices.filter { place in
            !chosen.contains(place) && group.speech[place] >= parameters.channels.leastVoiceFrames
                && Double(group.speech[place]) >= least
        }.map { group.members[$0] }
        return ChannelSelection.People(
            channels: pair, layout: layout, masks: pair.map { gated($0, against: others) },
            isCrowded: !others.isEmpty)
    }

    /// The group that speaks most; of those that speak about as much the largest, then the one furthest apart.
    ///
    /// What sounds whoever speaks, as music does, is nobody's partner: groups in which two talk with each other come first.
    private var bestGroup: Group? {
        var groups = Self.groups(powers.count).filter(isApart).map(group).filter { $0.total > 0 }
        if groups.contains(where: { !$0.talking.isEmpty }) {
            groups = groups.filter { !$0.talking.isEmpty }
        } else {
            for index in groups.indices { groups[index].talking = Self.pairs(groups[index].speech) }
        }
        let least = parameters.channels.sameSpeechShare * Double(groups.map(\.total).max() ?? 0)
        return groups.filter { Double($0.total) >= least }.max { one, other in
            (one.members.count, one.distance, one.total) < (other.members.count, other.distance, other.total)
        }
    }

    private func group(_ members: [Int]) -> Group {
        let pairs = members.flatMap { one in members.filter { $0 > one }.map { [one, $0] } }
        let distances = pairs.compactMap { layouts[$0]?.modes }.map { $0.upper - $0.lower }
        let own = members.map { member in tidy(gated(member, against: members.filter { $0 != member })) }
        let speech = own.map { mask in mask.count { $0 } }
        return Group(
            members: members, speech: speech, distance: distances.min() ?? 0,
            talking: Self.pairs(speech).filter {
                Self.overlap(loud[members[$0[0]]], loud[members[$0[1]]]) < parameters.channels.greatestTurnOverlap
            })
    }

    /// Pairs of places, those with the most speech first.
    private static func pairs(_ speech: [Int]) -> [[Int]] {
        speech.indices.flatMap { one in ((one + 1)..<speech.count).map { [one, $0] } }.sorted { one, other in
            let sums = [one, other].map { speech[$0[0]] + speech[$0[1]] }
            return sums[0] != sums[1] ? sums[0] > sums[1] : one.lexicographicallyPrecedes(other)
        }
    }

    /// How long two speak at once, against what it were if neither cared for the other.
    private static func overlap(_ one: [Bool], _ other: [Bool]) -> Double {
        let both = Double(zip(one, other).count { $0 && $1 })
        let chance = Double(one.count { $0 }) * Double(other.count { $0 }) / Double(max(one.count, 1))
        return chance > 0 ? both / chance : 0
    }

    /// The two channels that most often are the loudest, whatever they mean.
    var loudest: ChannelSelection.People {
        let all = Array(powers.indices)
        let margin = parameters.channels.leakMargins.lowerBound
        let speech = all.map { channel in
            tidy(
                masks[channel].indices.map { frame in
                    masks[channel][frame]
                        && all.allSatisfy { $0 == channel || difference(channel, $0, frame) > margin }
                }
            ).count { $0 }
        }
        let pair = all.sorted { speech[$0] > speech[$1] }.prefix(2).sorted()
        return ChannelSelection.People(
            channels: pair, layout: .separate(lower: -.infinity, upper: .infinity), masks: pair.map { masks[$0] },
            isCrowded: false)
    }

    /// All groups of two and more, the largest first.
    private static func groups(_ count: Int) -> [[Int]] {
        (0..<(1 << count)).map { set in (0..<count).filter { set >> $0 & 1 == 1 } }
            .filter { $0.count > 1 }.sorted { $0.count > $1.count }
    }

    /// Whether each two have a person per channel, and nobody could be added.
    private func isApart(_ members: [Int]) -> Bool {
        func isPair(_ one: Int, _ other: Int) -> Bool { layouts[[min(one, other), max(one, other)]] != nil }
        return members.allSatisfy { one in members.allSatisfy { $0 == one || isPair(one, $0) } }
            && !powers.indices.contains { one in
                !members.contains(one) && members.allSatisfy { isPair(one, $0) }
            }
    }

    private func tidy(_ mask: [Bool]) -> [Bool] {
        let limits = parameters.channels
        return SpeechDecoder.tidy(
            mask, padding: 0, bridgedPause: limits.bridgedPause, leastSpeech: limits.leastSpeech)
    }

    /// Where `channel` holds speech, louder than all of `others` by their leak.
    private func gated(_ channel: Int, against others: [Int]) -> [Bool] {
        let leaks = others.map { other -> Float in
            let layout = layouts[[min(channel, other), max(channel, other)]]
            guard let modes = layout?.modes else { return -.infinity }
            let margin = parameters.channels.leakMargin(modes)
            return (channel < other ? modes.lower : -modes.upper) + margin
        }
        return masks[channel].indices.map { frame in
            masks[channel][frame] && zip(others, leaks).allSatisfy { difference(channel, $0, frame) > $1 }
        }
    }

    /// Level of `one` minus level of `other` around a frame, decibels.
    private func difference(_ one: Int, _ other: Int, _ frame: Int) -> Float {
        ChannelLayout.decibelsPerLog * (powers[one][frame] - powers[other][frame])
    }
}
