/// A bar that is split between the two people.
package struct SplitBar {
    /// Share of the left part, 0...1.
    package var shareOfA: Double
    /// Places to mark, 0...1.
    package var marks: [Double]

    /// A bar with `shareOfA`, 0...1, and places to mark.
    package init(shareOfA: Double, marks: [Double] = []) {
        self.shareOfA = shareOfA
        self.marks = marks
    }

    /// The bar; it says nothing to a screen reader, because the numbers stand beside it.
    package var drawing: Markup {
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
