private import Synchronization

/// A batch as a filter: paths go in, one text per recording comes out, as soon as it is done or in order.
public struct StreamBatch: Sendable {
    /// Most recordings at the same time, at least 1.
    public var jobs: Int
    /// Memory for all of them.
    public var budget: MemoryBudget
    /// Whether texts come out in the order of the paths.
    public var keepsOrder: Bool
    /// With `keepsOrder`, how many recordings per job may wait for an earlier one: enough to keep all busy beside a
    /// recording that is many times longer, few enough to bound the memory.
    public var waitingPerJob = 16
    private let analysis: BatchAnalysis

    /// A filter.
    public init(
        parameters: AnalysisParameters, jobs: Int, budget: MemoryBudget = .half, keepsOrder: Bool = false
    ) {
        (self.jobs, self.budget, self.keepsOrder) = (max(jobs, 1), budget, keepsOrder)
        analysis = BatchAnalysis(parameters: parameters)
    }

    /// Analyses recordings until there are no more.
    ///
    /// - Parameters:
    ///   - next: The next recording, nil at the end; it may wait for whoever writes the list.
    ///   - text: What is to be said of a recording: its analysis, or what failed.
    ///   - emit: Takes a whole text; never called twice at the same time.
    ///   - observer: Hears what happens.
    /// - Throws: What `emit` throws.
    public func run(
        next: () async -> BatchRecording?,
        text: @escaping @Sendable (BatchRecording, Result<RecordingAnalysis, BatchFailure>) -> String,
        emit: @escaping @Sendable (String) throws -> Void, observer: any BatchObserver
    ) async throws {
        let queue = OrderedEmission(keepsOrder: keepsOrder, emit: emit)
        let window = waitingPerJob * jobs
        let (analysis, budget) = (analysis, budget)
        try await BoundedWork(jobs: jobs, byteCount: budget.byteCount).run(
            next: {
                await next().map {
                    $0.cost > 0
                        ? $0 : RecordingFinder.measured($0, parameters: analysis.parameters.decoding, budget: budget)
                }
            },
            cost: { $0.cost }, mayBegin: { $0 - queue.emittedCount < window },
            work: { recording, admission in
                observer.began(recording)
                let result: Result<RecordingAnalysis, BatchFailure>
                do {
                    result = .success(try await analysis.analyze(recording, threads: 1))
                } catch {
                    result = .failure(BatchFailure(message: try BatchAnalysis.message(for: error)))
                }
                try Task.checkCancellation()
                try queue.add(text(recording, result), at: admission.index)
                switch result {
                case .success: observer.ended(recording, .analysed)
                case .failure(let failure): observer.ended(recording, .failed(failure.message))
                }
            })
    }
}

/// Why a recording of a batch has no analysis.
public struct BatchFailure: Error, Sendable, Hashable {
    /// What failed and what to do.
    public var message: String

    /// A failure with its sentence.
    public init(message: String) { self.message = message }
}

/// Lets texts out one at a time, in order if wanted.
private final class OrderedEmission: Sendable {
    private struct State {
        var waiting: [Int: String] = [:]
        var emittedCount = 0
    }
    private let state = Mutex(State())
    private let keepsOrder: Bool
    private let emit: @Sendable (String) throws -> Void

    init(keepsOrder: Bool, emit: @escaping @Sendable (String) throws -> Void) {
        (self.keepsOrder, self.emit) = (keepsOrder, emit)
    }

    var emittedCount: Int { state.withLock { $0.emittedCount } }

    func add(_ text: String, at index: Int) throws {
        try state.withLock { state in
            guard keepsOrder else {
                state.emittedCount += 1
                return try emit(text)
            }
            state.waiting[index] = text
            while let next = state.waiting.removeValue(forKey: state.emittedCount) {
                state.emittedCount += 1
                try emit(next)
            }
        }
    }
}
