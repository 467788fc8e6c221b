public import ArgumentParser
public import Journal

extension CalendarDay: ExpressibleByArgument {
    /// Reads `YYYY-MM-DD`, `today` or `yesterday`.
    public init?(argument: String) {
        switch argument.lowercased() {
        case "today": self = .today()
        case "yesterday": self = CalendarDay(ordinal: CalendarDay.today().ordinal - 1)
        default: self.init(argument)
        }
    }
}

extension Side: ExpressibleByArgument {}
