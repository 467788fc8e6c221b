import Foundation

/// A connection to a port of this machine, byte by byte as a test wants it.
final class RawConnection {
    private let socketNumber: Int32

    /// Connects; `receiveBuffer` is how much the system takes in before anybody reads, bytes.
    init(port: UInt16, receiveBuffer: Int32? = nil) throws {
        #if os(Linux)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        socketNumber = socket(AF_INET, stream, 0)
        if var size = receiveBuffer {
            setsockopt(socketNumber, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(socketNumber, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let done = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socketNumber, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard done == 0 else { throw CocoaError(.fileReadUnknown) }
    }

    deinit { close(socketNumber) }

    func send(_ text: String) { _ = Array(text.utf8).withUnsafeBytes { write(socketNumber, $0.baseAddress, $0.count) } }

    /// Reads until the other side closes, `enough` holds, or nothing comes for twenty seconds.
    func read(until enough: (String) -> Bool = { _ in false }) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = Foundation.read(socketNumber, &buffer, buffer.count), count > 0 {
            bytes += buffer.prefix(count)
            if enough(String(decoding: bytes, as: UTF8.self)) { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
