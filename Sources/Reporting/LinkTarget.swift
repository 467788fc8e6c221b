/// Links that cannot leave for a scheme such as `javascript:`.
enum LinkTarget {
    /// A path relative to the page; percent signs and so on are the caller's.
    static func relative(_ path: String) -> String {
        if path.hasPrefix("#") { return path }
        let firstPart = path.prefix { $0 != "/" }
        return firstPart.contains(":") || path.hasPrefix("//") ? "./" + path.drop { $0 == "/" } : path
    }

    /// A file name as a path of a link: everything but unreserved characters and slashes in percent form (RFC 3986).
    static func encoded(_ path: String) -> String {
        let digits = Array("0123456789ABCDEF")
        var result = ""
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default: result += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
            }
        }
        return result
    }
}
