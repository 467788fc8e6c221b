# brew install --HEAD ./Packaging/homebrew/twoway.rb    until there is an archive of a release to name here
class Twoway < Formula
  desc "Tells how the floor was shared in a meeting of two"
  # Placeholder until the project has a home; RELEASE.md asks for it.
  homepage "https://example.org/twoway"
  license "GPL-3.0-or-later"
  head "file://#{File.expand_path("../..", __dir__)}", using: :git, branch: "main"

  depends_on "pkgconf" => :build
  depends_on "python@3.13" => :build
  depends_on xcode: ["16.4", :build]
  depends_on "fftw"
  depends_on "libsndfile"
  depends_on macos: :sequoia

  uses_from_macos "swift" => :build, since: :sequoia
  uses_from_macos "sqlite"

  def install
    # SwiftPM's own sandbox cannot start inside Homebrew's.
    system "make", "install", "PREFIX=#{prefix}", "SWIFT_BUILD_OPTIONS=--disable-sandbox",
           "BASH_COMPLETIONS=#{bash_completion}", "ZSH_COMPLETIONS=#{zsh_completion}",
           "FISH_COMPLETIONS=#{fish_completion}"
  end

  test do
    (testpath/"labels.csv").write <<~CSV
      start,end,speaker
      0,60,Dana
      60,90,Me
    CSV
    assert_match "Dana", shell_output("#{bin}/twoway metrics labels.csv --me Me --with Dana")
    system bin/"twoway", "doctor"
  end
end
