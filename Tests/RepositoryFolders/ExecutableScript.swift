import Foundation

/// A shell script that stands in the place of a program.
public enum ExecutableScript {
    /// Writes `#!/bin/sh` and `commands` to `path` and makes it executable.
    ///
    /// A shell of its own writes the file. If the process of the tests held it open for writing, a program that another
    /// test starts at that moment would hold it too, and the system would refuse to run it ("Text file busy").
    public static func write(_ commands: String, to path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c", "printf '%s' \"$1\" >\"$2\" && chmod 755 \"$2\"", "sh", "#!/bin/sh\n\(commands)\n", path,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
