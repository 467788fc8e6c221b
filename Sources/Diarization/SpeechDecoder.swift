/// Two-state decoding of voice activity: the best sequence of stretches, none shorter than a least length
/// except at the start of the recording.
package struct SpeechDecoder: Sendable {
    private let parameters: VoiceActivityParameters

    /// A decoder with the costs and lengths of `parameters`.
    package init(parameters: VoiceActivityParameters) { self.parameters = parameters }

    /// Speech or not per frame, for a score per frame (log odds, unscaled); padded, bridged and pruned.
    package func decode(_ score: [Float]) -> [Bool] {
        tidy(viterbi(score))
    }

    /// `mask` padded, bridged and pruned as the parameters say.
    package func tidy(_ mask: [Bool]) -> [Bool] {
        Self.tidy(
            mask, padding: parameters.padding, bridgedPause: parameters.bridgedPause,
            leastSpeech: parameters.leastSpeech)
    }

    /// Segment Viterbi with speech at `scale · score + offset` against 0.
    package func viterbi(_ score: [Float]) -> [Bool] {
        let count = score.count
        let least = parameters.leastRun
        // A ring of the best scores of paths that end just before a frame, silence and speech.
        let ring = least + 1
        var bestSilence = [Double](repeating: 0, count: ring)
        var bestSpeech = bestSilence
        var cumulated = bestSilence
        var silenceStart = [Int32](repeating: 0, count: count + 1)
        var speechStart = silenceStart
        var (silence, speech) = (-Double.infinity, -Double.infinity)
        var (silenceFrom, speechFrom) = (0, 0)
        var total = 0.0
        for end in stride(from: 1, through: count, by: 1) {
            let start = max(0, end - least)
            let slot = start % ring
            let intoSpeech = (start > 0 ? bestSilence[slot] - parameters.switchCost : 0) - cumulated[slot]
            if intoSpeech > speech { (speech, speechFrom) = (intoSpeech, start) }
            let intoSilence = start > 0 ? bestSpeech[slot] - parameters.switchCost : 0
            if intoSilence > silence { (silence, silenceFrom) = (intoSilence, start) }
            total += parameters.scoreScale * Double(score[end - 1]) + parameters.scoreOffset
            let target = end % ring
            cumulated[target] = total
            bestSpeech[target] = speech + total
            bestSilence[target] = silence
            speechStart[end] = Int32(speechFrom)
            silenceStart[end] = Int32(silenceFrom)
        }
        var mask = [Bool](repeating: false, count: count)
        var inSpeech = bestSpeech[count % ring] > bestSilence[count % ring]
        var end = count
        while end > 0 {
            let start = Int(inSpeech ? speechStart[end] : silenceStart[end])
            if inSpeech { for frame in start..<end { mask[frame] = true } }
            end = start
            inSpeech.toggle()
        }
        return mask
    }

    /// Widens speech by `padding` frames, fills pauses shorter than `bridgedPause`, then drops what is
    /// shorter than `leastSpeech`.
    package static func tidy(_ mask: [Bool], padding: Int, bridgedPause: Int, leastSpeech: Int) -> [Bool] {
        var runs: [(start: Int, end: Int)] = []
        for run in speechRuns(mask) {
            let start = max(0, run.lowerBound - padding)
            let end = min(mask.count, run.upperBound + padding)
            if let last = runs.last, start - last.end < bridgedPause {
                runs[runs.count - 1].end = end
            } else {
                runs.append((start, end))
            }
        }
        var result = [Bool](repeating: false, count: mask.count)
        for run in runs where run.end - run.start >= leastSpeech {
            for frame in run.start..<run.end { result[frame] = true }
        }
        return result
    }

    /// Maximal runs of `true`.
    package static func speechRuns(_ mask: [Bool]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start: Int?
        for (frame, isSpeech) in mask.enumerated() {
            if isSpeech, start == nil { start = frame }
            if !isSpeech, let begun = start {
                runs.append(begun..<frame)
                start = nil
            }
        }
        if let begun = start { runs.append(begun..<mask.count) }
        return runs
    }
}
