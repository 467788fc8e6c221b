import CLibFuzzer
import Foundation

/// One fuzzing target, chosen by `FUZZ_TARGET`, under libFuzzer's loop with its usual arguments.
@main
enum Program {
    static func main() {
        let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
        guard let target = Target(rawValue: name) else {
            print("FUZZ_TARGET has to be one of: \(Target.allCases.map(\.rawValue).joined(separator: " "))")
            exit(name == "list" ? 0 : 64)
        }
        chosen = target
        var count = CommandLine.argc
        var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        exit(
            withUnsafeMutablePointer(to: &words) { words in
                words.withMemoryRebound(
                    to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?.self, capacity: 1
                ) { words in
                    LLVMFuzzerRunDriver(&count, words) { bytes, size in
                        chosen.run(UnsafeRawBufferPointer(start: bytes, count: size))
                        return 0
                    }
                }
            })
    }
}

/// What the loop runs; set once, before it starts.
nonisolated(unsafe) private var chosen = Target.labels
