public import Timeline

/// Numbers that steer the gentle signs during a meeting.
public struct LiveSignParameters: Sendable, Hashable {
    /// A turn as long as this is pointed out, seconds.
    public var longTurn = 240.0
    /// No second sign about long turns within this, seconds.
    public var longTurnPause = 300.0
    /// The shares are looked at this often, seconds.
    public var shareInterval = 1200.0
    /// A smaller share than this is pointed out then.
    public var smallShare = 0.25
    /// Before the end of a meeting of known length, seconds.
    public var beforeEnd = 600.0
    /// Whoever had no turn as long as this had no say, seconds.
    public var leastSay = 20.0

    /// The defaults.
    public init() {}
}

/// Signs that are worth a glance, each at most once in its while.
public struct LiveSigns: Sendable {
    private let parameters: LiveSignParameters
    private let length: Double?
    private var lastLongTurn = -Double.infinity
    private var nextShare: Double
    private var isEndSaid = false

    /// Signs for a meeting of `length` seconds; nil where nobody knows.
    public init(length: Double?, parameters: LiveSignParameters = .init()) {
        (self.length, self.parameters) = (length, parameters)
        nextShare = parameters.shareInterval
    }

    /// "you have", "the other has", "Dana has": in the middle of a sentence.
    private static func has(_ name: String) -> String {
        let plain = ["You": "you", "The other": "the other", "Speaker A": "speaker A", "Speaker B": "speaker B"]
        return (plain[name] ?? name) + (name == "You" ? " have" : " has")
    }

    /// What is to be said now; nil mostly.
    ///
    /// - Parameter name: What to call a person at the start of a sentence; "You" for the reader.
    public mutating func sign(_ floor: LiveFloor, name: (Speaker) -> String) -> String? {
        func have(_ speaker: Speaker) -> String { name(speaker) == "You" ? "have" : "has" }
        if let holder = floor.holder, floor.held >= parameters.longTurn,
            floor.time - lastLongTurn >= parameters.longTurnPause
        {
            lastLongTurn = floor.time
            return "\(name(holder)) \(have(holder)) held the floor for \(Int(floor.held / 60)) minutes"
        }
        if let length, !isEndSaid, floor.time >= length - parameters.beforeEnd, length > parameters.beforeEnd {
            isEndSaid = true
            let unheard = Speaker.allCases.filter { floor.longestTurn[$0] < parameters.leastSay }
            if let speaker = unheard.first, unheard.count == 1 {
                let minutes = max(Int(((length - floor.time) / 60).rounded()), 0)
                return
                    "\(minutes) minutes left, and \(Self.has(name(speaker))) not "
                    + "told anything yet"
            }
        }
        if floor.time >= nextShare {
            nextShare += parameters.shareInterval
            for speaker in Speaker.allCases {
                if let share = floor.share(of: speaker, in: floor.speech), share < parameters.smallShare {
                    let who = Self.has(name(speaker))
                    return "\(Int(floor.time / 60)) minutes in: \(who) had \(Int((100 * share).rounded())) %"
                }
            }
        }
        return nil
    }
}
