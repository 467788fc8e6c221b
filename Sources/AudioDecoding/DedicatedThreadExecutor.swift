import Dispatch

/// Runs the tasks that prefer it on a thread of its own.
///
/// `AudioDecoder.read` blocks its caller until a child process delivers. Were the task that starts and reaps
/// the process on the shared pool, callers that block every thread of a small pool would wait for it forever.
final class DedicatedThreadExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "AudioDecoding.ExternalDecoder")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
