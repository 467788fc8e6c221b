private import CLibraryMessages

/// What C libraries print by themselves, past every caller: libmpg123 to standard error, for damaged MP3 files, and
/// libsndfile to standard output, for damaged ALAC.
///
/// Whatever is wrong with a recording is said once, in a sentence of this module.
enum LibraryMessages {
    /// Calls into a library; what it prints meanwhile on this thread is dropped.
    static func silenced<Result>(_ call: () -> Result) -> Result {
        set_library_messages_silent(true)
        defer { set_library_messages_silent(false) }
        return call()
    }
}
