#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The last resort for streams in formats that must be read with jumps: a temporary file without a name.
enum SpoolFile {
    /// Copies the rest of the stream and returns it as a regular file; memory stays the same.
    static func copy(
        _ stream: ByteStream, parameters: AudioDecodingParameters
    ) throws(AudioDecodingError) -> InputDescriptor {
        let name = stream.input.name
        let folder = parameters.temporaryFolder ?? NamelessFile.folder
        let number = NamelessFile.open(in: folder)
        guard number >= 0 else {
            throw .spoolFailed(name, folder: folder, reason: InputDescriptor.systemReason(errno))
        }
        do throws(AudioDecodingError) {
            while true {
                let bytes = try stream.available(atLeast: 1)
                if bytes.isEmpty { break }
                guard stream.position + bytes.count <= parameters.maximumSpoolByteCount else {
                    let limit = parameters.maximumSpoolByteCount >> 30
                    throw .spoolFailed(name, folder: folder, reason: "it is longer than \(limit) GiB")
                }
                if let reason = write(bytes, to: number) { throw .spoolFailed(name, folder: folder, reason: reason) }
                stream.consume(bytes.count)
            }
        } catch {
            close(number)
            throw error
        }
        return try InputDescriptor(number: number, name: name, closesAtEnd: true, isStream: false)
    }

    /// Writes all bytes; returns the system's reason if that fails.
    private static func write(_ bytes: UnsafeRawBufferPointer, to number: Int32) -> String? {
        var rest = bytes
        while let start = rest.baseAddress, !rest.isEmpty {
            #if canImport(Darwin)
                let count = Darwin.write(number, start, rest.count)
            #elseif canImport(Musl)
                let count = Musl.write(number, start, rest.count)
            #else
                let count = Glibc.write(number, start, rest.count)
            #endif
            if count < 0 && errno != EINTR { return InputDescriptor.systemReason(errno) }
            rest = UnsafeRawBufferPointer(rebasing: rest[max(count, 0)...])
        }
        return nil
    }
}
