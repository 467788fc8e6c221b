import Foundation
import FuzzTargets

/// The target that `FUZZ_TARGET` names.
private let chosen: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        print("FUZZ_TARGET has to be one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
        exit(name == "list" ? 0 : 64)
    }
    return target
}()

/// What libFuzzer, which brings the main function, calls with each input (LLVM, compiler-rt/lib/fuzzer).
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzedInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
    chosen.run(UnsafeRawBufferPointer(start: bytes, count: size))
    return 0
}
