import Foundation

/// A vowel or a hum that is held, with what keeps a living voice from being a machine: jitter, shimmer, breath, a pitch and
/// a vocal tract that wander.
public struct SustainedVowel: Sendable, CustomStringConvertible {
    /// What it sounds like.
    public let description: String
    /// Centres of the resonances, hertz.
    public let formants: [Double]
    /// Their gains.
    public let gains: [Double]

    /// As in "father".
    public static let a = SustainedVowel(description: "a", formants: [730, 1090, 2440], gains: [1, 0.6, 0.2])
    /// As in "uhm".
    public static let uh = SustainedVowel(description: "uh", formants: [600, 1200, 2400], gains: [1, 0.4, 0.15])
    /// As in "fool".
    public static let u = SustainedVowel(description: "u", formants: [300, 870, 2240], gains: [1, 0.3, 0.05])
    /// Lips closed.
    public static let mm = SustainedVowel(description: "mm", formants: [250, 1000, 2200], gains: [1, 0.1, 0.05])

    /// `duration` seconds at a mean pitch, hertz; peak 0.3.
    ///
    /// Jitter 1 %, shimmer 5 %, breath 20 dB below the pulses, pitch within 3 % and resonances within 5 % of their mean.
    public func hold(pitch: Double, duration: Double, rate: Int, random: inout SeededRandom) -> [Float] {
        let count = Int(duration * Double(rate))
        let wander = (0..<3).map { _ in
            (rate: Double.random(in: 0.7...3, using: &random), phase: Double.random(in: 0...6, using: &random))
        }
        let pulse = (Double(rate) / pitch).squareRoot()
        var (phase, step, height) = (0.0, pitch / Double(rate), pulse)
        var states = formants.map { _ in (0.0, 0.0) }
        var output = [Double](repeating: 0, count: count)
        for sample in 0..<count {
            let second = Double(sample) / Double(rate)
            let slow = wander.map { sin(2 * .pi * $0.rate * second + $0.phase) }
            phase += step
            var excitation = 0.1 * random.normal()
            if phase >= 1 {
                phase -= 1
                excitation += height
                step = pitch * (1 + 0.03 * slow[0]) * (1 + 0.01 * random.normal()) / Double(rate)
                height = pulse * (1 + 0.05 * random.normal())
            }
            let fade = min(1, second / 0.06, (duration - second) / 0.1)
            for (index, formant) in formants.enumerated() {
                let radius = exp(-.pi * 90 / Double(rate))
                let angle = 2 * .pi * formant * (1 + 0.05 * slow[1 + index % 2]) / Double(rate)
                let value =
                    excitation * fade * sin(angle) + 2 * radius * cos(angle) * states[index].0
                    - radius * radius * states[index].1
                states[index] = (value, states[index].0)
                output[sample] += gains[index] * value
            }
        }
        let peak = output.map(abs).max() ?? 1
        return output.map { Float(0.3 * $0 / max(peak, 1e-9)) }
    }
}
