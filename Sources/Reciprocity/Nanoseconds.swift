/// Time counted in whole nanoseconds, so that sums are exact and thresholds are met or missed without doubt.
///
/// In binary seconds 3.4 − 3.2 is less than 0.2 and 4.7 − 4.5 is more; counted in integers both pauses are
/// exactly 0.2 s, and no result depends on the order in which lengths are added. One nanosecond is a
/// 20,000th of a sample at 48 kHz.
typealias Nanoseconds = Int

/// The longest time that is counted, seconds: 115 days, more than any meeting, and sums of it still fit.
private let longestSeconds = 1e7

/// Seconds to the nearest nanosecond; not a number becomes 0, and anything beyond 115 days is cut there.
func nanoseconds(fromSeconds seconds: Double) -> Nanoseconds {
    guard !seconds.isNaN else { return 0 }
    let clamped = min(max(seconds, -longestSeconds), longestSeconds)
    return Nanoseconds((clamped * 1e9).rounded())
}

/// Nanoseconds to seconds.
func seconds(fromNanoseconds count: Nanoseconds) -> Double { Double(count) / 1e9 }

/// `part / whole`; nil when the whole is 0.
func share(of part: Nanoseconds, in whole: Nanoseconds) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
}
