private import CSpeechKernels
private import RealModule

/// Where the speech around every block lies in speaker space: evidence for the refinement that knows what differs
/// between people and not only between vowels.
///
/// A speaker's place has the prior distribution of people, and a block's surroundings spread around it by 1 along each
/// axis: variational Bayes over who the two people are (Kenny, Reynolds and Castaldo 2010; Landini and others 2022).
package struct BlockVoices: Sendable {
    private let prior: SpeakerPrior
    /// `[blockCount × 32]`, relative to the mean of all speech; the last two of each row are 0.
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
        let (axes, lanes) = (SpeakerPrior.axisCount, SpeakerPrior.axisLanes)
        let around = space.surroundings(
            length: parameters.voiceWindow, leastShareAtPause: parameters.leastWindowShareAtPause)
        shares = space.weights.map { $0 / parameters.voiceWindow }
        let total = shares.reduce(0, +)
        var rows = [Double](repeating: 0, count: shares.count * lanes)
        for axis in 0..<axes {
            var mean = 0.0
            for (block, share) in shares.enumerated() { mean += share * around[block * axes + axis] }
            mean /= max(total, .leastNormalMagnitude)
            for block in shares.indices { rows[block * lanes + axis] = around[block * axes + axis] - mean }
        }
        coordinates = rows
    }

    /// Adds to `advantage` by how much the first person is likelier than the second in each block, and returns the
    /// log likelihood of all blocks under the second.
    package func add(to advantage: inout [Double], posteriors first: [Double]) -> Double {
        let people = (person(first), person(first.map { 1 - $0 }))
        var second = 0.0
        coordinates.withUnsafeBufferPointer { coordinates in
            guard let rows = coordinates.baseAddress else { return }
            for block in advantage.indices {
                let row = rows + block * SpeakerPrior.axisLanes
                let share = -0.5 * weight * shares[block]
                let one = share * (people.0.constant + squared_distance(row, people.0.place, people.0.precision))
                let other = share * (people.1.constant + squared_distance(row, people.1.place, people.1.precision))
                advantage[block] += one - other
                second += other
            }
        }
        return second
    }

    /// A person's mean place and, per axis, the inverse of the spread of surroundings around it; then two zeros each.
    private struct Person {
        var place: [Double]
        var precision: [Double]
        var constant: Double
    }

    private func person(_ posteriors: [Double]) -> Person {
        let (axes, lanes) = (SpeakerPrior.axisCount, SpeakerPrior.axisLanes)
        let counts = zip(posteriors, shares).map { $0 * $1 * occupancy }
        let count = counts.reduce(0, +)
        var sums = [Double](repeating: 0, count: lanes)
        add_weighted_rows(coordinates, counts, counts.count, &sums)
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
}

extension SpeakerSpace {
    /// Coordinates of the speech around every block, `[blockCount × 30]`: a window of `length` weighted frames whose
    /// middle is the block's, and which ends at a pause when it reaches that far by `leastShareAtPause` of its half.
    package func surroundings(length: Double, leastShareAtPause: Double) -> [Double] {
        let axes = SpeakerPrior.axisCount
        var ends: [Double] = [0]
        for weight in weights { ends.append((ends.last ?? 0) + weight) }
        let total = ends.last ?? 0
        let (lastPause, nextPause) = pausesAround(ends)
        let least = leastShareAtPause * length / 2
        // Blocks join the window at its end and leave at its start.
        var window = StatisticsWindow(space: self)
        var result = [Double](repeating: 0, count: weights.count * axes)
        var (start, end) = (0, 0)
        for block in weights.indices {
            let middle = (ends[block] + ends[block + 1]) / 2
            let from = max(middle - length / 2, min(lastPause[block], middle - least), 0)
            let to = min(middle + length / 2, max(nextPause[block], middle + least), total)
            while end < weights.count, ends[end] < to || end <= block {
                window.add(end, 1)
                end += 1
            }
            while start < block, ends[start + 1] <= from {
                window.add(start, -1)
                start += 1
            }
            // What rounding leaves of a component that went is nothing.
            let coordinates = window.coordinates(leastCount: 1e-6)
            for axis in 0..<axes { result[block * axes + axis] = coordinates[axis] }
        }
        return result
    }

    /// Where the stretch of speech without a pause that each block belongs to starts and ends, in weighted frames;
    /// `ends` are those of the blocks, a 0 before.
    private func pausesAround(_ ends: [Double]) -> (last: [Double], next: [Double]) {
        var last = [Double](repeating: 0, count: weights.count)
        var next = [Double](repeating: ends.last ?? 0, count: weights.count)
        for block in weights.indices.dropFirst() { last[block] = pauses[block] ? ends[block] : last[block - 1] }
        for block in weights.indices.dropLast().reversed() {
            next[block] = pauses[block + 1] ? ends[block + 1] : next[block + 1]
        }
        return (last, next)
    }
}
