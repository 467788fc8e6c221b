private import RealModule

/// Where the speech around every block lies in speaker space: evidence for the refinement that knows what differs
/// between people and not only between vowels.
///
/// A speaker's place has the prior distribution of people, and a block's surroundings spread around it by 1 along each
/// axis: variational Bayes over who the two people are (Kenny, Reynolds and Castaldo 2010; Landini and others 2022).
package struct BlockVoices: Sendable {
    private let prior: SpeakerPrior
    /// `[blockCount × 30]`, relative to the mean of all speech.
    private let coordinates: [Double]
    /// What each block counts: its weighted frames in units of a window.
    private let shares: [Double]
    private let occupancy: Double
    private let weight: Double

    /// Measures the surroundings of every block of `space`.
    package init(space: SpeakerSpace, parameters: SegmentationParameters) {
        prior = space.prior
        occupancy = parameters.voiceOccupancy
        weight = parameters.voiceWeight
        let axes = SpeakerPrior.axisCount
        var rows = space.surroundings(length: parameters.voiceWindow)
        shares = space.weights.map { $0 / parameters.voiceWindow }
        let total = shares.reduce(0, +)
        for axis in 0..<axes {
            var mean = 0.0
            for (block, share) in shares.enumerated() { mean += share * rows[block * axes + axis] }
            mean /= max(total, .leastNormalMagnitude)
            for block in shares.indices { rows[block * axes + axis] -= mean }
        }
        coordinates = rows
    }

    /// Adds to `advantage` by how much the first person is likelier than the second in each block, and returns the
    /// log likelihood of all blocks under the second.
    package func add(to advantage: inout [Double], posteriors first: [Double]) -> Double {
        let people = (person(first), person(first.map { 1 - $0 }))
        var second = 0.0
        for block in advantage.indices {
            let (one, other) = (score(block, people.0), score(block, people.1))
            advantage[block] += one - other
            second += other
        }
        return second
    }

    /// A person's mean place and, per axis, the inverse of the spread of surroundings around it.
    private struct Person {
        var place: [Double]
        var precision: [Double]
        var constant: Double
    }

    private func person(_ posteriors: [Double]) -> Person {
        let axes = SpeakerPrior.axisCount
        var count = 0.0
        var sums = [Double](repeating: 0, count: axes)
        for (block, posterior) in posteriors.enumerated() {
            let share = posterior * shares[block] * occupancy
            count += share
            for axis in 0..<axes { sums[axis] += share * coordinates[block * axes + axis] }
        }
        var person = Person(place: sums, precision: sums, constant: 0)
        var scales = 1.0
        for axis in 0..<axes {
            let variance = 1 / (1 / prior.spread[axis] + count)
            person.place[axis] = sums[axis] * variance
            person.precision[axis] = 1 / (1 + variance)
            scales *= 1 + variance
        }
        person.constant = Double.log(scales)
        return person
    }

    private func score(_ block: Int, _ person: Person) -> Double {
        let axes = SpeakerPrior.axisCount
        var distance = person.constant
        for axis in 0..<axes {
            let difference = coordinates[block * axes + axis] - person.place[axis]
            distance += difference * difference * person.precision[axis]
        }
        return -0.5 * weight * shares[block] * distance
    }
}

extension SpeakerSpace {
    /// Coordinates of the speech around every block, `[blockCount × 30]`: a window of `length` weighted frames whose
    /// middle is the block's.
    package func surroundings(length: Double) -> [Double] {
        let (components, rows, axes) = (
            SpeakerPrior.componentCount, SpeakerPrior.rowCount, SpeakerPrior.axisCount
        )
        var ends: [Double] = [0]
        for weight in weights { ends.append((ends.last ?? 0) + weight) }
        let total = ends.last ?? 0
        // The window's sums, blocks joining at its end and leaving at its start.
        var windowCounts = [Double](repeating: 0, count: components)
        var windowSums = [Double](repeating: 0, count: rows)
        func add(_ block: Int, _ sign: Double) {
            for component in 0..<components {
                windowCounts[component] += sign * Double(counts[block * components + component])
            }
            for row in 0..<rows { windowSums[row] += sign * Double(sums[block * rows + row]) }
        }
        let projection = prior.projection.map { Double($0) }
        var result = [Double](repeating: 0, count: weights.count * axes)
        var (start, end) = (0, 0)
        for block in weights.indices {
            let middle = (ends[block] + ends[block + 1]) / 2
            let from = max(middle - length / 2, 0)
            let to = min(middle + length / 2, total)
            while end < weights.count, ends[end] < to || end <= block {
                add(end, 1)
                end += 1
            }
            while start < block, ends[start + 1] <= from {
                add(start, -1)
                start += 1
            }
            for component in 0..<components {
                let count = max(windowCounts[component], 0)
                guard count > 1e-6 else { continue }
                let scale = Double(prior.rootWeights[component]) / (count + Double(Self.relevance))
                for row in (component * PackedSymmetric.dimension)..<((component + 1) * PackedSymmetric.dimension) {
                    let value = scale * windowSums[row]
                    for axis in 0..<axes { result[block * axes + axis] += value * projection[row * axes + axis] }
                }
            }
        }
        return result
    }
}
