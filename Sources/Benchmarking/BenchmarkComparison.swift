/// Two saved runs side by side, and what can be told of their difference.
public struct BenchmarkComparison: Sendable {
    /// What can be told of one measure.
    public enum Verdict: String, Sendable, Hashable {
        case faster, slower, smaller, larger
        case same = "no difference that can be told"

        /// Whether the newer run is worse.
        public var isWorse: Bool { self == .slower || self == .larger }
    }

    /// One measure of both runs.
    public struct Row: Sendable, Hashable {
        /// The measure in the older run.
        public var old: BenchmarkRecord.Measure
        /// The measure in the newer run.
        public var new: BenchmarkRecord.Measure
        /// Ratio of the medians, new over old, as they are compared.
        public var ratio: Double
        /// Bootstrap interval of the ratio.
        public var interval: ClosedRange<Double>
        /// What can be told.
        public var verdict: Verdict
    }

    /// The error of one program under one convention, over all files of both runs.
    public struct AccuracyRow: Sendable, Hashable {
        /// The program.
        public var program: String
        /// The convention, or the name of the error.
        public var convention: String
        /// Mean over the files, before and after.
        public var means: (old: Double, new: Double) { (oldMean, newMean) }
        var oldMean: Double
        var newMean: Double
        /// Files whose error fell.
        public var better: [String]
        /// Files whose error rose.
        public var worse: [String]
        /// Files in both runs.
        public var fileCount: Int
        /// Probability of such a difference by chance (paired test).
        public var pValue: Double
        /// Whether the newer run is worse beyond chance; better; or neither.
        public var verdict: String
    }

    /// How a difference is told from noise.
    public struct Parameters: Sendable, Hashable {
        /// Chance that a comparison of two equal runs finds any difference at all; shared among the measures
        /// (Bonferroni), 0...1.
        public var familyError = 0.05
        /// Ratios within this of 1 are no difference: two processes of one binary differ by a few percent, because
        /// their memory lies elsewhere.
        public var resolution = 0.03
        /// Probability below which an error has changed beyond chance, 0...1.
        public var accuracyError = 0.05
        /// Rates that differ by less are the same, fractions.
        public var leastRateDifference = 1e-4

        /// The defaults, tested on runs of equal and of slowed binaries.
        public init() {}
    }

    /// The older and the newer run.
    public let old: BenchmarkRecord
    /// The newer run.
    public let new: BenchmarkRecord
    /// Measures of both, in the order of the older one.
    public let rows: [Row]
    /// Errors of both.
    public let accuracy: [AccuracyRow]

    /// Compares two runs.
    public init(old: BenchmarkRecord, new: BenchmarkRecord, parameters: Parameters = .init()) {
        (self.old, self.new) = (old, new)
        let shared = old.measures.filter { new[$0.name] != nil && $0.name != BenchmarkRecord.floorName }
        let level = 1 - parameters.familyError / Double(max(shared.count, 1))
        rows = shared.compactMap { measure in
            new[measure.name].flatMap { other in
                Self.row(
                    measure, other, old.comparable(measure), new.comparable(other), level: level,
                    resolution: parameters.resolution)
            }
        }
        accuracy = Self.accuracy(old.accuracy, new.accuracy, parameters)
    }

    /// Whether anything got worse.
    public var isWorse: Bool { rows.contains { $0.verdict.isWorse } || accuracy.contains { $0.verdict == "worse" } }

    /// Why the two runs may not compare; empty when they were made alike.
    public var cautions: [String] {
        var cautions: [String] = []
        if old.machine.processor != new.machine.processor || old.machine.cores != new.machine.cores {
            cautions.append("The runs are of different machines.")
        }
        if old.machine.libraries != new.machine.libraries { cautions.append("The libraries are of other versions.") }
        if old.stageSeconds != new.stageSeconds { cautions.append("The stages worked on recordings of other lengths.") }
        if min(old.measures.first?.samples.count ?? 0, new.measures.first?.samples.count ?? 0) < 5 {
            cautions.append("Fewer than five rounds: intervals are rough.")
        }
        return cautions
    }

    private static func row(
        _ old: BenchmarkRecord.Measure, _ new: BenchmarkRecord.Measure, _ before: [Double], _ after: [Double],
        level: Double, resolution: Double
    ) -> Row? {
        guard !before.isEmpty, !after.isEmpty, before.allSatisfy({ $0 > 0 }), after.allSatisfy({ $0 > 0 }) else {
            return nil
        }
        let ratio = Bootstrap.median(after) / Bootstrap.median(before)
        let interval = Bootstrap.ratioOfMedians(old: before, new: after, level: level)
        let isTime = old.kind != .memory
        var verdict = Verdict.same
        if interval.lowerBound > 1, ratio > 1 + resolution { verdict = isTime ? .slower : .larger }
        if interval.upperBound < 1, ratio < 1 / (1 + resolution) { verdict = isTime ? .faster : .smaller }
        return Row(old: old, new: new, ratio: ratio, interval: interval, verdict: verdict)
    }

    private static func accuracy(
        _ old: [BenchmarkRecord.Accuracy], _ new: [BenchmarkRecord.Accuracy], _ parameters: Parameters
    ) -> [AccuracyRow] {
        Set(old.map(\.program)).intersection(new.map(\.program)).sorted().flatMap { program -> [AccuracyRow] in
            let before = old.filter { $0.program == program }
            let conventions = Set(before.flatMap(\.diarizationError.keys)).sorted()
            return conventions.compactMap { convention in
                var pairs: [(file: String, old: Double, new: Double)] = []
                for entry in before {
                    let other = new.first { $0.program == program && $0.file == entry.file }
                    if let one = entry.diarizationError[convention], let two = other?.diarizationError[convention] {
                        pairs.append((entry.file, one, two))
                    }
                }
                return row(program, convention, pairs, parameters)
            }
        }
    }

    private static func row(
        _ program: String, _ convention: String, _ pairs: [(file: String, old: Double, new: Double)],
        _ parameters: Parameters
    ) -> AccuracyRow? {
        guard !pairs.isEmpty else { return nil }
        let least = parameters.leastRateDifference
        let differences = pairs.map { abs($0.new - $0.old) < least ? 0 : $0.new - $0.old }
        let pValue = PairedTest.pValue(differences)
        let sum = differences.reduce(0, +)
        let changed = pValue < parameters.accuracyError
        return AccuracyRow(
            program: program, convention: convention, oldMean: pairs.reduce(0) { $0 + $1.old } / Double(pairs.count),
            newMean: pairs.reduce(0) { $0 + $1.new } / Double(pairs.count),
            better: zip(pairs, differences).filter { $1 < 0 }.map(\.0.file),
            worse: zip(pairs, differences).filter { $1 > 0 }.map(\.0.file), fileCount: pairs.count, pValue: pValue,
            verdict: changed ? (sum > 0 ? "worse" : "better") : "no difference that can be told")
    }
}
