/// The best one-to-one matching between the people of two sides.
package enum SpeakerAssignment {
    /// For each row the column it is matched to, or nil, so that the sum of the matched weights is largest.
    ///
    /// Any shape; `min(rows, columns)` pairs are matched. Hungarian method with potentials, O(rows² · columns):
    /// Kuhn 1955, "The Hungarian method for the assignment problem", in the shortest-augmenting-path form of
    /// Jonker and Volgenant 1987.
    ///
    /// - Parameter weights: `weights[row][column]`, finite; all rows of one length.
    package static func heaviest(_ weights: [[Double]]) -> [Int?] {
        let rows = weights.count
        let columns = weights.first?.count ?? 0
        guard rows > 0, columns > 0 else { return Array(repeating: nil, count: rows) }
        guard rows > columns else { return rowOfColumn(weights).inverted(count: rows) }
        let turned = (0..<columns).map { column in weights.map { $0[column] } }
        return rowOfColumn(turned)
    }

    /// For each column its row, or nil, for `rows <= columns`.
    private static func rowOfColumn(_ weights: [[Double]]) -> [Int?] {
        let columns = weights[0].count
        var rowPotential = [Double](repeating: 0, count: weights.count)
        // Column `columns` is a stand-in that holds the row being placed.
        var columnPotential = [Double](repeating: 0, count: columns + 1)
        var owner = [Int?](repeating: nil, count: columns + 1)
        for row in weights.indices {
            owner[columns] = row
            var column = columns
            var slack = [Double](repeating: .infinity, count: columns)
            var previous = [Int](repeating: columns, count: columns)
            var visited = [Bool](repeating: false, count: columns + 1)
            while let holder = owner[column] {
                visited[column] = true
                var step = Double.infinity
                var nearest = column
                for candidate in 0..<columns where !visited[candidate] {
                    let reduced = -weights[holder][candidate] - rowPotential[holder] - columnPotential[candidate]
                    if reduced < slack[candidate] { (slack[candidate], previous[candidate]) = (reduced, column) }
                    if slack[candidate] < step { (step, nearest) = (slack[candidate], candidate) }
                }
                for other in 0...columns where visited[other] {
                    if let holder = owner[other] { rowPotential[holder] += step }
                    columnPotential[other] -= step
                }
                for other in 0..<columns where !visited[other] { slack[other] -= step }
                column = nearest
            }
            while column != columns {
                owner[column] = owner[previous[column]]
                column = previous[column]
            }
        }
        return Array(owner.dropLast())
    }
}

extension [Int?] {
    /// The reverse of a partial one-to-one map from indices to `0..<count`.
    fileprivate func inverted(count: Int) -> [Int?] {
        var result = [Int?](repeating: nil, count: count)
        for (index, value) in enumerated() {
            if let value { result[value] = index }
        }
        return result
    }
}
