/// A bar that is split between the two people.
struct SplitBar {
    /// Share of the left part, 0...1.
    var shareOfA: Double
    /// Places to mark, 0...1.
    var marks: [Double] = []

    /// The bar; it says nothing to a screen reader, because the numbers stand beside it.
    var drawing: Markup {
        Tag.svg(.class("split"), .named("width", "100%"), .named("height", "100%"), .aria("hidden", "true")) {
            Tag.rect(.class("fill a"), .named("height", "100%"), .percent("width", shareOfA))
            Tag.rect(
                .class("fill b"), .named("height", "100%"), .percent("x", shareOfA), .percent("width", 1 - shareOfA))
            if shareOfA > 0, shareOfA < 1 {
                Tag.line(
                    .class("seam"), .percent("x1", shareOfA), .percent("x2", shareOfA), .named("y2", "100%"))
            }
            for mark in marks {
                Tag.line(.class("limit"), .percent("x1", mark), .percent("x2", mark), .named("y2", "100%"))
            }
        }
    }
}
