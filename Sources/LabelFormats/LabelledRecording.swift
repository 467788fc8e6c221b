public import Timeline

/// The labels of one recording inside a label file, which may hold several.
public struct LabelledRecording: Sendable, Hashable {
    /// The name the label file gives the recording, usually its file name without folder and extension.
    public var name: String
    /// Who speaks when, in the order of the file, times in seconds; overlap is legal.
    public var segments: [LabelledSegment]
    /// Length of the recording, seconds, > 0; nil where the file does not say it.
    public var duration: Double?

    /// The labels of the recording called `name`.
    public init(name: String, segments: [LabelledSegment], duration: Double? = nil) {
        self.name = name
        self.segments = segments
        self.duration = duration
    }
}
