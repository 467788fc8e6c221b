import Foundation

/// A machine that buzzes like a voice: a pulse train through three resonances, in syllables.
public struct SyntheticVoice: Sendable {
    /// Pitch, hertz.
    public let pitch: Double
    /// Centres of the resonances, hertz.
    public let formants: [Double]

    /// A voice of this pitch and these resonances, hertz.
    public init(pitch: Double, formants: [Double]) { (self.pitch, self.formants) = (pitch, formants) }

    /// A low voice with a long vocal tract.
    public static let low = SyntheticVoice(pitch: 105, formants: [450, 1150, 2300])
    /// A high voice with a short one.
    public static let high = SyntheticVoice(pitch: 215, formants: [720, 1800, 3100])

    /// `duration` seconds of syllables (0.18 s sound, 0.06 s pause) whose vowels wander, peak about 0.3.
    public func speak(duration: Double, rate: Int, random: inout SeededRandom) -> [Float] {
        let count = Int(duration * Double(rate))
        var output = [Double](repeating: 0, count: count)
        var phase = 0.0
        var vowel = 1.0
        var states = formants.map { _ in (0.0, 0.0) }
        for sample in 0..<count {
            let position = (Double(sample) / Double(rate)).truncatingRemainder(dividingBy: 0.24)
            if position < 1 / Double(rate) { vowel = Double.random(in: 0.85...1.15, using: &random) }
            let gain = position < 0.18 ? sin(.pi * position / 0.18) : 0
            phase += pitch * (1 + 0.05 * sin(Double(sample) / Double(rate) * 9)) / Double(rate)
            var excitation = 0.02 * random.normal()
            if phase >= 1 {
                phase -= 1
                excitation += 1
            }
            for (index, formant) in formants.enumerated() {
                let radius = exp(-.pi * 90 / Double(rate))
                let angle = 2 * .pi * formant * vowel / Double(rate)
                let value =
                    excitation * gain + 2 * radius * cos(angle) * states[index].0
                    - radius * radius * states[index].1
                states[index] = (value, states[index].0)
                output[sample] += value / Double(index + 1)
            }
        }
        let peak = output.map(abs).max() ?? 1
        return output.map { Float(0.3 * $0 / max(peak, 1e-9)) }
    }
}

/// White noise with a deviation of `level`.
public func whiteNoise(count: Int, level: Double, random: inout SeededRandom) -> [Float] {
    (0..<count).map { _ in Float(level * random.normal()) }
}
