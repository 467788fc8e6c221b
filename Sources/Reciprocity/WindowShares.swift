public import Timeline

/// Who leads the windows of a meeting (Zhang and others 2025).
///
/// Windows of 150 s start every 30 s and lie wholly inside the meeting. One side leads a window when it has more than
/// 0.60 of the speech in it, backchannels included; otherwise the window is balanced. Windows in which nobody
/// speaks are left out.
public struct WindowShares: Sendable, Hashable {
    /// Number of windows with speech, ≥ 1.
    public var count: Int
    /// Share of the windows each person leads, 0...1.
    public var led: PerSpeaker<Double>
    /// Share of the windows that are balanced, 0...1.
    public var balanced: Double
    /// Who speaks more in the whole meeting; nil when both speak equally long.
    public var primary: Speaker?
    /// Each window with speech, by start.
    public var shares: [WindowShare]
}

/// One window of a meeting.
public struct WindowShare: Sendable, Hashable {
    /// Where it lies.
    public var span: TimeSpan
    /// Share of the speech in it, backchannels included, 0...1, together 1.
    public var talkShare: PerSpeaker<Double>
}

/// How the lead moves during a meeting (Zhang and others 2025).
public enum Dynamics: String, Sendable, Hashable, CaseIterable {
    /// One side leads at least 75 % of the windows.
    case dominatingThroughout
    /// At least 60 % of the windows are balanced.
    case backAndForth
    /// The secondary speaker leads more than 25 % of the windows: long turns of both.
    case alternating
    /// None of these.
    case mixed
}

extension WindowShares {
    /// The windows of a meeting; nil when it is shorter than one window or nobody speaks in any.
    init?(of floor: FloorAnalysis, parameters: ReciprocityParameters) {
        let width = max(nanoseconds(fromSeconds: parameters.windowWidth), 1)
        let step = max(nanoseconds(fromSeconds: parameters.windowStep), 1_000_000)
        guard floor.duration >= width else { return nil }
        var shares: [WindowShare] = []
        var led = PerSpeaker(a: 0, b: 0)
        for start in stride(from: 0, through: floor.duration - width, by: step) {
            let speech = floor.speech.map { $0.length(from: start, to: start + width) }
            guard let shareOfA = share(of: speech.a, in: speech.a + speech.b),
                let shareOfB = share(of: speech.b, in: speech.a + speech.b)
            else { continue }
            shares.append(
                WindowShare(
                    span: TimeSpan(
                        start: seconds(fromNanoseconds: start), end: seconds(fromNanoseconds: start + width)),
                    talkShare: PerSpeaker(a: shareOfA, b: shareOfB)))
            if shareOfA > parameters.windowLead { led.a += 1 }
            if shareOfB > parameters.windowLead { led.b += 1 }
        }
        guard !shares.isEmpty else { return nil }
        let count = shares.count
        let total = floor.speech.map(\.length)
        self.init(
            count: count, led: led.map { Double($0) / Double(count) },
            balanced: Double(count - led.a - led.b) / Double(count),
            primary: total.a == total.b ? nil : total.a > total.b ? .a : .b, shares: shares)
    }

    /// The dynamics, tested in the order of the cases.
    ///
    /// Without a primary speaker the one who leads fewer windows counts as the secondary one.
    func dynamics(parameters: ReciprocityParameters) -> Dynamics {
        if max(led.a, led.b) >= parameters.dominatingWindows { return .dominatingThroughout }
        if balanced >= parameters.balancedWindows { return .backAndForth }
        let secondary = primary.map { led[$0.partner] } ?? min(led.a, led.b)
        return secondary > parameters.secondaryWindows ? .alternating : .mixed
    }
}
