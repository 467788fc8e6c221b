/// Text inside XML.
enum XMLText {
    /// `text` for an element or an attribute: markup is escaped, what XML 1.0 cannot hold is left out, and it is one
    /// line.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in SegmentCollector.name(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\u{FFFE}", "\u{FFFF}": break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
