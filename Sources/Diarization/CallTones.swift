private import CSpeechKernels
package import SpectralAnalysis

/// Frames inside call-progress tones (ITU-T E.180) that beat or are modulated, as ringing tones are in many countries, or
/// are short.
///
/// A tone has nearly all its power in a few neighbouring bands, and over two periods of a beat the greatest power of each
/// band stays the same. A voice does neither for long: in the development recordings no window of 0.3 s with speech had its
/// power in so few bands, in the 129 voices the prior was learnt from nine had, and there the greatest powers spread by 0.178
/// at least; in tones at 10 to 50 dB above noise by 0.023 at most, after narrow-band coders (GSM) by 0.054.
///
/// Not found is the North American congestion tone, two tones far apart for 0.25 s. A vowel like "ee" or a hum that is held
/// within 1 % of one pitch above 330 Hz for 0.3 s is a tone here.
package func callTones(
    _ features: SpectralFeatures, parameters: VoiceActivityParameters, threads: Int = 1
) -> [Bool] {
    let (length, window) = (parameters.toneBlock, parameters.toneWindow)
    let blockCount = features.frameCount / length
    var tones = [Bool](repeating: false, count: features.frameCount)
    guard blockCount >= window else { return tones }
    let marks = fewBandMarks(features, parameters: parameters, threads: threads)
    let rows = features.rowTable
    let depth = Int32(parameters.steadyDepth * LogPowerRows.stepsPerUnit)
    let greatestSpread = Int32(
        parameters.greatestToneSpread * Float(SpectralFeatures.bandCount) * LogPowerRows.stepsPerUnit)
    var start = 0
    while let first = marks[start...].firstIndex(of: 1) {
        let end = marks[first...].firstIndex(of: 0) ?? blockCount
        start = end
        // A mark is for a block and the one before.
        guard end - first >= window - 1 else { continue }
        var greatest = [Int16](repeating: 0, count: (end - first + 1) * SpectralFeatures.bandCount)
        greatest.withUnsafeMutableBufferPointer { greatest in
            guard let blocks = greatest.baseAddress else { return }
            for block in (first - 1)..<end {
                take_greatest(rows[block * length], length, blocks + (block - first + 1) * SpectralFeatures.bandCount)
            }
            for block in (first - 1)...(end - window) {
                let place = blocks + (block - first + 1) * SpectralFeatures.bandCount
                if tone_spread(place, window, depth) < greatestSpread {
                    for frame in (block * length)..<((block + window) * length) { tones[frame] = true }
                }
            }
        }
    }
    return tones
}

/// 1 for each block that, with the one before, has its power in a few neighbouring bands, otherwise 0.
private func fewBandMarks(
    _ features: SpectralFeatures, parameters: VoiceActivityParameters, threads: Int
) -> [UInt8] {
    let length = parameters.toneBlock
    precondition(SpectralFeatures.framesPerChunk.isMultiple(of: length), "rows of a block lie one after the other")
    let rows = features.rowTable
    let firstBand = MelFilterBank.lowestBand(
        from: parameters.leastToneFrequency, geometry: features.geometry, parameters: SpectralParameters())
    let terms = tone_terms(
        depth: Int32(parameters.toneDepth * LogPowerRows.stepsPerUnit),
        greatest_band_count: Int32(parameters.greatestToneBandCount), first_band: Int32(firstBand))
    let blockCount = features.frameCount / length
    return [UInt8](unsafeUninitializedCapacity: blockCount) { marks, count in
        let blocksPerChunk = SpectralFeatures.framesPerChunk / length
        forEachPart(of: blockCount, length: blocksPerChunk, threads: threads) { part in
            guard let place = marks.baseAddress else { return }
            var before = [Int16](repeating: 0, count: SpectralFeatures.bandCount)
            take_greatest(rows[max(part.lowerBound - 1, 0) * length], length, &before)
            withUnsafePointer(to: terms) { terms in
                mark_few_bands(
                    terms, rows[part.lowerBound * length], length, part.count, &before, place + part.lowerBound)
            }
        }
        // The first block has none before it.
        marks[0] = 0
        count = blockCount
    }
}
