/// One saved run of benchmarks on one machine: what `twoway bench run` writes.
public struct BenchmarkRecord: Codable, Sendable, Hashable {
    /// Number of the format; another one is refused.
    public static let formatVersion = 1

    /// What a measure says, and so when it got worse.
    public enum Kind: String, Codable, Sendable, Hashable {
        /// Processor seconds per hour of audio, compared relative to the floor of the same round.
        case processorTime
        /// Seconds on the wall per hour of audio.
        case wallTime
        /// Greatest memory, megabytes of 10⁶ bytes.
        case memory
    }

    /// Samples of one thing, one for each round.
    public struct Measure: Codable, Sendable, Hashable {
        /// Stable name, such as `stage.mel`.
        public var name: String
        /// The same for people.
        public var title: String
        /// What the samples are.
        public var kind: Kind
        /// In the order of the rounds.
        public var samples: [Double]

        /// Samples under a name.
        public init(name: String, title: String, kind: Kind, samples: [Double]) {
            (self.name, self.title, self.kind, self.samples) = (name, title, kind, samples)
        }
    }

    /// Errors of one program on one file; rates are fractions, with the convention each was counted under.
    public struct Accuracy: Codable, Sendable, Hashable {
        /// Path below the corpus folder.
        public var file: String
        /// `twoway`, or the command of `--against`.
        public var program: String
        /// Diarization error rate by convention.
        public var diarizationError: [String: Double]
        /// Points by which the talk share is off; nil where it is not defined.
        public var talkShareError: Double?

        /// Errors on a file.
        public init(file: String, program: String, diarizationError: [String: Double], talkShareError: Double?) {
            (self.file, self.program) = (file, program)
            (self.diarizationError, self.talkShareError) = (diarizationError, talkShareError)
        }
    }

    /// The machine and what ran on it.
    public struct Machine: Codable, Sendable, Hashable {
        /// Model of the processor.
        public var processor: String
        /// Cores in use.
        public var cores: Int
        /// Operating system.
        public var system: String
        /// Libraries with their versions.
        public var libraries: [String: String]
    }

    /// Format of the record.
    public var format = Self.formatVersion
    /// Name it was saved under.
    public var name: String
    /// Version of the program.
    public var version: String
    /// Where it ran.
    public var machine: Machine
    /// Seconds of audio each stage works on.
    public var stageSeconds: Double
    /// Everything measured, in the order of the pipeline.
    public var measures: [Measure]
    /// Everything scored; empty without a corpus.
    public var accuracy: [Accuracy]

    /// A record of a run.
    public init(
        name: String, version: String, machine: Machine, stageSeconds: Double, measures: [Measure],
        accuracy: [Accuracy]
    ) {
        (self.name, self.version, self.machine, self.stageSeconds) = (name, version, machine, stageSeconds)
        (self.measures, self.accuracy) = (measures, accuracy)
    }

    /// The measure of a name.
    public subscript(name: String) -> Measure? { measures.first { $0.name == name } }

    /// Samples as they are compared: processor times as multiples of the floor of the same round, which takes the
    /// machine's changing speed out.
    public func comparable(_ measure: Measure) -> [Double] {
        guard measure.kind == .processorTime, measure.name != Self.floorName, let floor = self[Self.floorName],
            floor.samples.count == measure.samples.count
        else { return measure.samples }
        return zip(measure.samples, floor.samples).map { $0 / max($1, .leastNormalMagnitude) }
    }

    /// Name of the measure that processor times are divided by.
    public static let floorName = "floor"
}
