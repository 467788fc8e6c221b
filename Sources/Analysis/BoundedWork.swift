/// Runs work on one item after the other, several at a time, with at most so much memory between them.
struct BoundedWork: Sendable {
    /// Most items at the same time, at least 1.
    let jobs: Int
    /// Bytes that the items under way may take together; one alone is always let in.
    let byteCount: Int

    /// An item that has been let in.
    struct Admission: Sendable {
        /// Place in the order of items, from 0.
        let index: Int
        /// Items under way beside it.
        let others: Int
    }

    /// Takes items until there are no more, in order, and waits for the last.
    ///
    /// The first error ends all: nothing new is begun, what is under way is cancelled and waited for.
    ///
    /// - Parameters:
    ///   - next: The next item, nil at the end; it may wait while others are worked on.
    ///   - cost: Bytes that an item takes.
    ///   - mayBegin: Whether the item with this index may begin; asked again after each that ends.
    ///   - work: The work.
    func run<Item: Sendable>(
        next: () async -> Item?, cost: (Item) -> Int, mayBegin: (Int) -> Bool = { _ in true },
        work: @escaping @Sendable (Item, Admission) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Int.self) { group in
            var (index, running, used) = (0, 0, 0)
            while let item = await next() {
                let cost = cost(item)
                while running >= jobs || (running > 0 && (used + cost > byteCount || !mayBegin(index))) {
                    guard let freed = try await group.next() else { break }
                    used -= freed
                    running -= 1
                }
                let admission = Admission(index: index, others: running)
                group.addTask {
                    try await work(item, admission)
                    return cost
                }
                index += 1
                running += 1
                used += cost
            }
            try await group.waitForAll()
        }
    }
}
