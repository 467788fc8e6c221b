import Foundation

/// Signals that end the program, held back for the moment in which a result is put in its place.
///
/// Without this a signal between the making of the temporary file and its renaming leaves that file behind (about one
/// of two hundred in `make soak`).
enum HeldSignals {
    /// One result at a time: what was in force before is put back by the one who replaced it.
    private static let lock = NSLock()
    /// The last signal that arrived; only ever a whole number that is set.
    private nonisolated(unsafe) static var arrived: Int32 = 0

    /// Does something that should not be ended half-way; a signal that came meanwhile acts afterwards.
    static func during<Result>(_ body: () throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        arrived = 0
        let before = [SIGINT, SIGTERM, SIGHUP].map { number in
            (number, action: signal(number) { HeldSignals.arrived = $0 })
        }
        defer {
            for (number, action) in before { signal(number, action) }
            // What was ignored before is ignored now too.
            if arrived != 0 { raise(arrived) }
        }
        return try body()
    }
}
