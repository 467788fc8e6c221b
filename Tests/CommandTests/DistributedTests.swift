import Foundation
import RepositoryFolders
import Testing

extension BatchSuites {
    @Suite("A batch on several workers")
    struct DistributedTests {
        /// Python with Dask, set up by `make distributed`; nil where nobody did.
        private static let python: URL? = {
            let python = RepositoryFolders.root.appending(path: ".build/distributed/bin/python")
            return FileManager.default.isExecutableFile(atPath: python.path) ? python : nil
        }()

        @Test(
            "Two Dask workers, one of them killed, give the bytes of one plain run",
            .enabled(if: python != nil, "Dask is not installed; make distributed does it"))
        func workerKilled() async throws {
            let check = RepositoryFolders.root.appending(path: "Benchmarks/Distributed/check_twoway_on_dask.py")
            let run = try await ProgramRun(
                [check.path, RepositoryFolders.program.path, RepositoryFolders.fixtures.path],
                of: #require(Self.python),
                patience: 400)
            #expect(run.exitCode == 0, "\(run.messages)")
            #expect(run.output.contains("results are identical"))
        }
    }
}
