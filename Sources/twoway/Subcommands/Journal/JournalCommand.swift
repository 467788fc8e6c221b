import ArgumentParser

/// `twoway journal`: every meeting, recorded or hand-kept, in one place.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Keep meetings, recorded or noted by hand, and see how they go over time.",
        discussion: """
            The journal is one file on this machine that only you can read: --journal names it, else the environment \
            variable TWOWAY_JOURNAL, else the data folder of your system.

            Example: twoway journal add --with Dana --date 2026-11-25 --length 45 --my-share 30
            Example: twoway journal summary
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Meeting",
                subcommands: [
                    JournalAdd.self, JournalList.self, JournalShow.self, JournalEdit.self, JournalRemove.self,
                ]),
            CommandGroup(
                name: "People",
                subcommands: [JournalPersonCommand.self, JournalOwe.self, JournalSummary.self, JournalPeople.self]),
            CommandGroup(name: "File", subcommands: [JournalImportCommand.self, JournalExport.self]),
        ])
}
