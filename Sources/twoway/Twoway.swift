import ArgumentParser

@main
struct Twoway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "twoway",
        abstract: "Who talked, how long, and was it a two-way street?",
        version: "0.1.0")
}
