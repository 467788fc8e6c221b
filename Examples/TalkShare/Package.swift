// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "TalkShare",
    platforms: [.macOS(.v15)],
    // In a package of your own: .package(url: "…/twoway", from: "0.1.0"). The name is that of the package, whatever the
    // folder of the clone is called.
    dependencies: [.package(name: "twoway", path: "../..")],
    targets: [
        .executableTarget(
            name: "TalkShare",
            dependencies: ["Analysis", "AudioDecoding", "LabelFormats", "Reciprocity", "Timeline"].map {
                .product(name: $0, package: "twoway")
            })
    ],
    swiftLanguageModes: [.v6]
)
