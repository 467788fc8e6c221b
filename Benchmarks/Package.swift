// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds twoway has to fetch the benchmark tool.
let package = Package(
    name: "twoway-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "twoway", path: ".."),
        .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
    ],
    targets: [
        .executableTarget(
            name: "StageBenchmarks",
            dependencies: [
                .product(name: "TwowayBenchmarking", package: "twoway"),
                .product(name: "TwowayKit", package: "twoway"),
                .product(name: "Benchmark", package: "benchmark"),
            ],
            path: "StageBenchmarks",
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
    ],
    swiftLanguageModes: [.v6]
)
