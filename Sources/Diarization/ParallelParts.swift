private import Dispatch

/// Runs `body` for every part, 0..<`count`, on at most `threads` threads, and returns when all are done.
///
/// For loops over frames that write to places of their own: how a recording is cut into parts must not depend on `threads`.
package func forEachPart(_ count: Int, threads: Int, _ body: (Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
        for part in 0..<count { body(part) }
        return
    }
    withoutActuallyEscaping(body) { body in
        // Parts share nothing that is written, and all are done when this returns.
        nonisolated(unsafe) let body = body
        DispatchQueue.concurrentPerform(iterations: workers) { worker in
            for part in stride(from: worker, to: count, by: workers) { body(part) }
        }
    }
}

/// The same for parts of `length` places of 0..<`total`, the last one shorter.
package func forEachPart(of total: Int, length: Int, threads: Int, _ body: (Range<Int>) -> Void) {
    forEachPart((total + length - 1) / length, threads: threads) { part in
        body((part * length)..<min((part + 1) * length, total))
    }
}
