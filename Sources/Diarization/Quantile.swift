/// Quantile with linear interpolation between order statistics (type 7 of Hyndman & Fan 1996); reorders `values`.
package func quantile(_ values: inout [Float], _ probability: Double) -> Float {
    precondition(!values.isEmpty, "a quantile of nothing")
    let position = probability * Double(values.count - 1)
    let below = Int(position)
    let lower = select(&values, rank: below)
    guard below + 1 < values.count else { return lower }
    var upper = Float.infinity
    for index in (below + 1)..<values.count where values[index] < upper { upper = values[index] }
    return lower + Float(position - Double(below)) * (upper - lower)
}

/// The same of values in ascending order.
package func quantile(sorted values: [Float], _ probability: Double) -> Float {
    let position = probability * Double(values.count - 1)
    let (lower, upper) = (values[Int(position)], values[min(Int(position) + 1, values.count - 1)])
    return lower + Float(position - Double(Int(position))) * (upper - lower)
}

/// Every `n`th of `values`, so that at most `most` are left.
package func spread<Value>(_ values: [Value], most: Int) -> [Value] {
    guard values.count > most else { return values }
    return stride(from: 0, to: values.count, by: (values.count + most - 1) / most).map { values[$0] }
}

/// Quickselect with the median of three: afterwards nothing before `rank` is greater, nothing after it smaller.
private func select(_ values: inout [Float], rank: Int) -> Float {
    values.withUnsafeMutableBufferPointer { values in
        var (low, high) = (0, values.count - 1)
        while low < high {
            let middle = low + (high - low) / 2
            if values[middle] < values[low] { values.swapAt(middle, low) }
            if values[high] < values[low] { values.swapAt(high, low) }
            if values[high] < values[middle] { values.swapAt(high, middle) }
            let pivot = values[middle]
            var (left, right) = (low, high)
            while left <= right {
                while values[left] < pivot { left += 1 }
                while pivot < values[right] { right -= 1 }
                if left <= right {
                    values.swapAt(left, right)
                    left += 1
                    right -= 1
                }
            }
            if rank <= right { high = right } else if rank >= left { low = left } else { return values[rank] }
        }
        return values[rank]
    }
}
