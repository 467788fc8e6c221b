/// JSON documents one a line (jsonlines.org).
public enum JSONLines {
    /// A document of any layout as one line, with its line break.
    ///
    /// Only white space outside of strings goes; numbers and strings keep their very characters.
    public static func line(of document: String) -> String {
        var line: [UInt8] = []
        line.reserveCapacity(document.utf8.count / 2)
        var (isInString, isEscaped) = (false, false)
        for byte in document.utf8 {
            if isInString {
                line.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else {
                    isInString = byte != UInt8(ascii: "\"")
                }
            } else if ![0x20, 0x09, 0x0A, 0x0D].contains(byte) {
                line.append(byte)
                isInString = byte == UInt8(ascii: "\"")
            }
        }
        return String(decoding: line, as: UTF8.self) + "\n"
    }
}
