/// A stretch of speech with a free label, as label files carry it: any number of people, times in seconds.
public struct LabelledSegment: Sendable, Hashable {
    /// The name the file gives the speaker.
    public var label: String
    /// First moment of speech, seconds.
    public var start: Double
    /// First moment after the speech, seconds.
    public var end: Double

    /// A labelled stretch; times in seconds, `start` before `end`.
    public init(label: String, start: Double, end: Double) {
        self.label = label
        self.start = start
        self.end = end
    }

    /// Length in seconds.
    public var duration: Double { end - start }
}
