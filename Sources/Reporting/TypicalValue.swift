/// Values that are usual, each from a source that the page names.
enum TypicalValue {
    /// A monologue beyond this is long, seconds: 150 s, the advice of call-coaching tools.
    static let longMonologue = 150.0
    /// Medians of the floor-transfer offset, seconds: 0.0–0.3 s (Levinson & Torreira 2015).
    static let offsetMedian = 0.0...0.3
}
