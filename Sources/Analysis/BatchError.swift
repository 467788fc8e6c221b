/// What goes wrong in a batch, apart from decoding a recording.
///
/// `description` is one sentence: what failed, where, what to do.
public enum BatchError: Error, Sendable, Hashable {
    /// Another run holds the output folder; the holder is said in its own words.
    case outputLocked(folder: String, holder: String)
    /// Something in the output folder cannot be written; the reason is the system's.
    case outputFailed(path: String, reason: String)
    /// The folder of the recordings cannot be listed; the reason is the system's.
    case folderUnreadable(String, reason: String)
    /// The folder of the recordings was there at the start and is gone, or empty.
    case folderVanished(String)
    /// The recording was written to while it was read.
    case changedWhileRead(String)
    /// The name is no valid UTF-8; it is shown with what can be shown of it.
    case unreadableName(String)
    /// A folder does not hold one file for each of two people.
    case wrongTrackCount(String, count: Int)
    /// Two people have two tracks.
    case twoTracksNeeded(count: Int)

    /// The families that scripts tell apart by exit code.
    public enum Kind: Sendable, Hashable {
        /// The output cannot be written.
        case unwritable
        /// The input cannot be read.
        case unreadable
        /// The input is not what it should be.
        case unsupported
    }

    /// What failed.
    public var kind: Kind {
        switch self {
        case .outputLocked, .outputFailed: .unwritable
        case .folderUnreadable, .folderVanished, .changedWhileRead, .unreadableName: .unreadable
        case .wrongTrackCount, .twoTracksNeeded: .unsupported
        }
    }
}

extension BatchError: CustomStringConvertible {
    /// The error as one sentence for a person.
    public var description: String {
        switch self {
        case .outputLocked(let folder, let holder):
            "\(folder) is being written by \(holder); wait for it to end or choose another --output."
        case .outputFailed(let path, let reason):
            "\(path) cannot be written (\(reason)); make room or check its permissions."
        case .folderUnreadable(let folder, let reason):
            "\(folder) cannot be listed (\(reason)); check the path and its permissions."
        case .folderVanished(let folder): "\(folder) vanished during the run; connect its disk again."
        case .changedWhileRead(let path):
            "\(path) changed while it was read; wait until its recorder or copy has finished and run the batch again."
        case .unreadableName(let path): "\(path) has a name that is not valid UTF-8; rename it."
        case .wrongTrackCount(let folder, let count):
            "\(folder) holds \(count) recording\(count == 1 ? "" : "s"); with --tracks a meeting is a folder with two, "
                + "one per person."
        case .twoTracksNeeded(let count):
            "--tracks takes two files, one per person, and got \(count); name two."
        }
    }
}
