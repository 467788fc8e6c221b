import Benchmarking
import Testing

@Suite("Comparison of two runs")
struct BenchmarkComparisonTests {
    /// A clock that is fast and false: stage times with the noise of a shared machine.
    ///
    /// Every round the machine runs 0.7 to 1.6 times as fast as usual, which floor and stages feel alike; every process
    /// places its memory anew (1 %); and now and then something disturbs (up to 8 %).
    private struct FakeMachine {
        var random: SplitMix64

        mutating func record(slowed: String? = nil, by factor: Double = 1, rounds: Int = 10) -> BenchmarkRecord {
            let names = [BenchmarkRecord.floorName] + BenchmarkStage.allCases.map { "stage." + $0.rawValue }
            var samples = [[Double]](repeating: [], count: names.count)
            for _ in 0..<rounds {
                let speed = 0.7 + 0.9 * random.unit()
                for (place, name) in names.enumerated() {
                    let layout = 1 + 0.01 * (random.unit() + random.unit() - 1)
                    let disturbance = random.unit() < 0.15 ? 1 + 0.08 * random.unit() : 1
                    let cost = 0.01 * Double(place + 1) * (name == slowed ? factor : 1)
                    samples[place].append(cost * speed * layout * disturbance)
                }
            }
            return BenchmarkRecord(
                name: "fake", version: "0", machine: .current, stageSeconds: 60,
                measures: zip(names, samples).map {
                    .init(name: $0, title: $0, kind: .processorTime, samples: $1)
                }, accuracy: [])
        }
    }

    @Test("Two runs of the same binary show no difference more than nine times out of ten")
    func same() {
        var machine = FakeMachine(random: SplitMix64(seed: 3))
        let quiet = (0..<40).count { _ in
            let comparison = BenchmarkComparison(old: machine.record(), new: machine.record())
            return comparison.rows.allSatisfy { $0.verdict == .same }
        }
        #expect(quiet >= 37)
    }

    @Test("A stage slowed by a tenth is found, and only that stage", arguments: ["stage.mel", "stage.search"])
    func slowed(stage: String) {
        var machine = FakeMachine(random: SplitMix64(seed: 4))
        let found = (0..<20).count { _ in
            let comparison = BenchmarkComparison(old: machine.record(), new: machine.record(slowed: stage, by: 1.1))
            return comparison.isWorse && comparison.rows.filter { $0.verdict != .same }.map(\.old.name) == [stage]
        }
        #expect(found >= 18)
    }

    @Test("The same difference the other way is faster, and nothing is worse")
    func faster() {
        var machine = FakeMachine(random: SplitMix64(seed: 9))
        let comparison = BenchmarkComparison(old: machine.record(slowed: "stage.mel", by: 1.1), new: machine.record())
        #expect(comparison.rows.first { $0.old.name == "stage.mel" }?.verdict == .faster)
        #expect(!comparison.isWorse)
    }

    @Test("Memory that grows is larger, whatever the floor did")
    func memory() {
        func record(_ megabytes: [Double]) -> BenchmarkRecord {
            BenchmarkRecord(
                name: "m", version: "0", machine: .current, stageSeconds: 60,
                measures: [.init(name: "memory", title: "memory", kind: .memory, samples: megabytes)], accuracy: [])
        }
        let comparison = BenchmarkComparison(
            old: record([100, 101, 100, 99, 100]), new: record([120, 121, 120, 119, 120]))
        #expect(comparison.rows.map(\.verdict) == [.larger])
        #expect(comparison.rows[0].ratio == 1.2)
        #expect(comparison.isWorse)
    }

    /// Errors of ten files; `changes` are added to those of the newer run.
    private func errors(_ changes: [Double]) -> BenchmarkComparison {
        func record(_ changes: [Double]) -> BenchmarkRecord {
            BenchmarkRecord(
                name: "a", version: "0", machine: .current, stageSeconds: 60, measures: [],
                accuracy: changes.enumerated().map { place, change in
                    .init(
                        file: "\(place)", program: "twoway", diarizationError: ["strict": 0.1 + change],
                        talkShareError: nil)
                })
        }
        return BenchmarkComparison(old: record(changes.map { _ in 0 }), new: record(changes))
    }

    @Test("Ten files that all got worse are worse; five and five are not")
    func accuracy() {
        let worse = errors((1...10).map { 0.01 * Double($0) })
        #expect(worse.accuracy.map(\.verdict) == ["worse"])
        #expect(worse.accuracy[0].worse.count == 10)
        #expect(worse.accuracy[0].pValue == 2.0 / 1024)
        #expect(worse.isWorse)
        let mixed = errors((1...10).map { $0.isMultiple(of: 2) ? 0.01 : -0.01 })
        #expect(!mixed.isWorse)
        #expect(mixed.accuracy[0].better.count == 5)
        #expect(errors([Double](repeating: -0.02, count: 10)).accuracy.map(\.verdict) == ["better"])
    }
}
