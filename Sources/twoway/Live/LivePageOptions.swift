import ArgumentParser

/// Options of the page that follows a meeting in progress.
struct LivePageOptions: ParsableArguments {
    @Flag(
        name: .customLong("page"),
        help: "Also show it on a small web page for this machine alone; its address is printed.")
    var isServed = false

    @Option(help: ArgumentHelp("Port of that page; otherwise any that is free.", valueName: "number"))
    var pagePort: UInt16?

    func validate() throws {
        if pagePort != nil, !isServed { throw ValidationError("--page-port says where --page is served; add --page.") }
        if pagePort == 0 { throw ValidationError("--page-port has to be above 0; leave it out for any that is free.") }
    }
}
