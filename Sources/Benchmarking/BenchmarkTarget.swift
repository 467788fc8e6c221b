/// A ratio that has to stay below a limit, whatever the machine: both sides are measured in the same rounds.
public struct BenchmarkTarget: Sendable, Hashable {
    /// What is divided by what.
    public var title: String
    /// At most this has to be reached, and this is aimed at.
    public var limit: Double
    /// What is aimed at.
    public var aim: Double
    /// Unit of the value; empty for ratios.
    public var unit = ""
    private var above: [String]
    private var below: [String]

    /// The targets of the project, in the order of their table.
    public static let all: [BenchmarkTarget] = [
        .init("whole analysis ÷ floor", ["whole.mono16k"], [BenchmarkRecord.floorName], 3.0, 1.5),
        .init("front end ÷ bare transforms", ["stage.frontEnd"], ["stage.floorTransform"], 2.5, 1.3),
        .init("after the front end ÷ front end", ["stage.diarization", "stage.metrics"], ["stage.frontEnd"], 1.0, 0.3),
        .init("44.1 kHz stereo ÷ 16 kHz mono", ["whole.stereo44k"], ["whole.mono16k"], 2.5, 1.5),
        .init("8 h ÷ 1 h, of 8", ["whole.mono16k8h"], ["whole.mono16k"], 8.4, 8.0, factor: 8),
        .init("4 h on two cores ÷ one core", ["wall.mono16k4hTwoCores"], ["wall.mono16k4h"], 0.65, 0.55),
        .init("memory, 1 h", ["memory.mono16k"], [], 100, 60, unit: "MB"),
        .init("memory, 8 h", ["memory.mono16k8h"], [], 400, 200, unit: "MB"),
    ]
    private var factor: Double

    private init(
        _ title: String, _ above: [String], _ below: [String], _ limit: Double, _ aim: Double, unit: String = "",
        factor: Double = 1
    ) {
        (self.title, self.above, self.below, self.limit, self.aim) = (title, above, below, limit, aim)
        (self.unit, self.factor) = (unit, factor)
    }

    /// Median over the rounds of the ratio; nil where something was not measured.
    public func value(in record: BenchmarkRecord) -> Double? {
        let over = above.compactMap { record[$0]?.samples }
        let under = below.compactMap { record[$0]?.samples }
        guard over.count == above.count, below.isEmpty || !under.isEmpty else { return nil }
        let rounds = (over + under).map(\.count).min() ?? 0
        guard rounds > 0 else { return nil }
        let ratios = (0..<rounds).map { round in
            let divisor = under.isEmpty ? 1 : under.reduce(0) { $0 + $1[round] }
            return factor * over.reduce(0) { $0 + $1[round] } / max(divisor, .leastNormalMagnitude)
        }
        return Bootstrap.median(ratios)
    }
}
