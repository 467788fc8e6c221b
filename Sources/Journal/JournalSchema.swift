import GRDB

/// The form of the store: named migrations, append-only.
///
/// A released one is never changed; a new one follows it.
package struct JournalSchema: Sendable {
    /// One step, run once in a transaction.
    package struct Migration: Sendable {
        /// Its name in the file.
        package var name: String
        /// Its statements.
        package var sql: String

        /// A step.
        package init(name: String, sql: String) {
            self.name = name
            self.sql = sql
        }
    }

    /// The steps in order.
    package var migrations: [Migration]

    /// A schema of some steps.
    package init(migrations: [Migration]) { self.migrations = migrations }

    /// The schema of this version of the program.
    package static let current = JournalSchema(migrations: [meetings])

    /// Marks a file as a journal of twoway: the bytes "twjo" (SQLite, PRAGMA application_id).
    package static let applicationID: Int32 = 0x7477_6A6F

    /// What runs the steps.
    var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for migration in migrations {
            migrator.registerMigration(migration.name) { db in try db.execute(sql: migration.sql) }
        }
        return migrator
    }

    /// People, meetings, what was noted of them and what was heard.
    ///
    /// A modifier makes SQLite bring a day into its real form, so that a day which does not exist differs from itself.
    /// The columns of `meeting` from `definition` on are computed from the rest when an entry is saved, so that a view
    /// over thousands of meetings does not have to measure them again.
    private static let meetings = Migration(
        name: "2026-11 meetings",
        sql: """
            PRAGMA application_id = \(applicationID);
            CREATE TABLE person (
                number INTEGER PRIMARY KEY,
                key TEXT NOT NULL UNIQUE CHECK (length(key) > 0),
                name TEXT NOT NULL CHECK (length(name) > 0)
            ) STRICT;
            CREATE TABLE alias (
                folded TEXT NOT NULL PRIMARY KEY CHECK (length(folded) > 0),
                name TEXT NOT NULL CHECK (length(name) > 0),
                person INTEGER NOT NULL REFERENCES person (number) ON DELETE CASCADE
            ) STRICT;
            CREATE INDEX alias_person ON alias (person);
            CREATE TABLE meeting (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE CHECK (length(id) > 0),
                person INTEGER NOT NULL REFERENCES person (number),
                date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
                length_minutes REAL NOT NULL CHECK (length_minutes > 0),
                notes_blocks INTEGER NOT NULL CHECK (notes_blocks IN (0, 1)),
                resolution REAL CHECK (resolution > 0),
                minutes_me REAL CHECK (minutes_me >= 0),
                minutes_them REAL CHECK (minutes_them >= 0),
                my_share_percent REAL CHECK (my_share_percent BETWEEN 0 AND 100),
                notes_first_asked INTEGER NOT NULL CHECK (notes_first_asked IN (0, 1)),
                first_asked_minute REAL CHECK (first_asked_minute >= 0),
                questions_me INTEGER CHECK (questions_me >= 0),
                questions_them INTEGER CHECK (questions_them >= 0),
                notes_help INTEGER NOT NULL CHECK (notes_help IN (0, 1)),
                notes_follow_ups INTEGER NOT NULL CHECK (notes_follow_ups IN (0, 1)),
                invited INTEGER NOT NULL CHECK (invited IN (0, 1)),
                feeling INTEGER CHECK (feeling BETWEEN 1 AND 9),
                note TEXT,
                recording TEXT UNIQUE CHECK (length(recording) = 64 AND recording NOT GLOB '*[^0-9a-f]*'),
                definition TEXT NOT NULL,
                provenance TEXT NOT NULL CHECK (provenance IN ('audio', 'journal', 'merged')),
                my_floor_share REAL CHECK (my_floor_share BETWEEN 0 AND 1),
                noted_share REAL CHECK (noted_share BETWEEN 0 AND 1),
                speech_seconds REAL NOT NULL CHECK (speech_seconds >= 0),
                pattern TEXT NOT NULL,
                pattern_towards TEXT CHECK (pattern_towards IN ('me', 'them')),
                pattern_description TEXT,
                borderline INTEGER NOT NULL CHECK (borderline IN (0, 1)),
                genuine INTEGER NOT NULL CHECK (genuine IN (0, 1)),
                CHECK ((minutes_me IS NULL) = (minutes_them IS NULL)),
                CHECK (minutes_me IS NULL OR minutes_me + minutes_them <= length_minutes + 0.000001),
                CHECK (first_asked_minute IS NULL OR notes_first_asked = 1),
                CHECK (resolution IS NULL OR notes_blocks = 1)
            ) STRICT;
            CREATE INDEX meeting_date ON meeting (date, id);
            CREATE INDEX meeting_person ON meeting (person, date, id);
            CREATE INDEX meeting_definition ON meeting (definition);
            CREATE TABLE block (
                meeting INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                start_second REAL NOT NULL CHECK (start_second >= 0),
                end_second REAL NOT NULL CHECK (end_second > start_second),
                who TEXT NOT NULL CHECK (who IN ('me', 'them')),
                PRIMARY KEY (meeting, position)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE help (
                meeting INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                by TEXT NOT NULL CHECK (by IN ('me', 'them')),
                what TEXT NOT NULL,
                PRIMARY KEY (meeting, position)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE follow_up (
                meeting INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                by TEXT NOT NULL CHECK (by IN ('me', 'them')),
                kind TEXT NOT NULL
                    CHECK (kind IN ('article', 'introduction', 'referral', 'thanks', 'business', 'other')),
                what TEXT,
                promised TEXT CHECK (promised IS date(promised, '+0 days')),
                due TEXT CHECK (due IS date(due, '+0 days')),
                kept TEXT CHECK (kept IS date(kept, '+0 days')),
                PRIMARY KEY (meeting, position),
                CHECK (promised IS NULL OR due IS NULL OR due >= promised),
                CHECK (promised IS NULL OR kept IS NULL OR kept >= promised)
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX follow_up_open ON follow_up (due) WHERE kept IS NULL;
            CREATE TABLE tag (
                meeting INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                name TEXT NOT NULL CHECK (length(name) > 0),
                PRIMARY KEY (meeting, position),
                UNIQUE (name, meeting)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE analysis (
                meeting INTEGER PRIMARY KEY REFERENCES meeting (number) ON DELETE CASCADE,
                source TEXT NOT NULL CHECK (source IN ('recording', 'labels')),
                name TEXT NOT NULL,
                duration REAL NOT NULL CHECK (duration > 0),
                me TEXT NOT NULL CHECK (me IN ('A', 'B')),
                time_resolution REAL CHECK (time_resolution > 0),
                trusted INTEGER CHECK (trusted IN (0, 1)),
                estimated_confusion REAL CHECK (estimated_confusion BETWEEN 0 AND 1),
                interval_a_low REAL, interval_a_high REAL, interval_b_low REAL, interval_b_high REAL,
                sample_rate INTEGER, channels INTEGER, encoding TEXT, mode TEXT, speakers INTEGER
            ) STRICT;
            CREATE TABLE warning (
                meeting INTEGER NOT NULL REFERENCES analysis (meeting) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                text TEXT NOT NULL,
                PRIMARY KEY (meeting, position)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE segment (
                meeting INTEGER NOT NULL REFERENCES analysis (meeting) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                speaker TEXT NOT NULL CHECK (speaker IN ('A', 'B')),
                start_second REAL NOT NULL,
                end_second REAL NOT NULL CHECK (end_second > start_second),
                confidence REAL CHECK (confidence BETWEEN 0 AND 1),
                PRIMARY KEY (meeting, position)
            ) STRICT, WITHOUT ROWID;
            """)
}
