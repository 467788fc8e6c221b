/// How unlike two names are.
package enum EditDistance {
    /// Edits that turn one text into the other: insert, delete, replace (Levenshtein 1966).
    package static func between(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        var row = Array(0...right.count)
        for (index, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for (column, other) in right.enumerated() {
                let next = min(row[column] + 1, row[column + 1] + 1, diagonal + (character == other ? 0 : 1))
                diagonal = row[column + 1]
                row[column + 1] = next
            }
        }
        return row[right.count]
    }
}
