import Foundation

/// Processor time of this process: what the machine did for it, however many others run.
public enum ProcessorClock {
    /// Seconds since the process started, all threads together.
    public static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Processor seconds that `body` takes: the least of several goes, for whatever disturbs only adds.
    public static func least(of goes: Int, _ body: () -> Void) -> Double {
        (0..<max(1, goes)).reduce(.infinity) { least, _ in
            let start = seconds
            body()
            return min(least, seconds - start)
        }
    }
}
