import Journal

/// What to do next time, in one or two sentences: about the pattern of a meeting, never about its numbers.
struct Advice {
    private let pattern: MeetingPattern
    private let invited: Bool
    private let name: String

    /// Advice after a meeting; `name` is how the other person is called in it.
    init(pattern: MeetingPattern, invited: Bool, name: String) {
        self.pattern = pattern
        self.invited = invited
        self.name = name
    }

    /// The sentences; nil where there is nothing to advise.
    var text: String? {
        switch pattern {
        case .insufficient, .twoWay: return nil
        case .latePitch(.me), .oneSided(.them), .leaning(.them):
            if invited {
                return
                    "You had asked \(name) to tell you everything, so this is what you asked for. Next time say at the "
                    + "start that you would like half of the time yourself."
            }
            return "Next time speak of yourself in the first half, before the clock makes you: nobody notices while "
                + "talking how the floor is shared."
        case .latePitch(.them), .oneSided(.me), .leaning(.me):
            return "Next time give the floor away early: ask \(name) a question, and then another one about the answer."
        }
    }
}
