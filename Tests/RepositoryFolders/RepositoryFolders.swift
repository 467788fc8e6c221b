public import Foundation

/// Where tests find what lies beside them in the repository.
public enum RepositoryFolders {
    /// The top folder of the checkout.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The meetings this project made itself, with exact reference labels.
    public static let fixtures = root.appending(path: "Fixtures")

    /// The development corpus beside the repository; nil in a user's clone, where tests that need it are skipped.
    public static let corpus: URL? = {
        let folder = root.deletingLastPathComponent().appending(path: "shared/corpus")
        return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// The `twoway` program that was built together with the running tests.
    public static let program: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        let products =
            bundle.map { $0.bundleURL.deletingLastPathComponent() }
            ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return products.appending(path: "twoway")
    }()
}
