
// The player: sound that the page carries, or a file that the reader chooses; nothing is sent anywhere.
(() => {
  const { byId, meeting, clock } = twoway;
  const play = byId("play"), seek = byId("seek"), time = byId("clock"), file = byId("file");
  if (!play) return;
  const audio = new Audio();
  audio.preload = "metadata";
  let address = "", isEmbedded = Boolean(meeting.sound);
  // Where to go once the length is known: before that a browser forgets where it was sent to.
  let wanted = null;

  // The carried sound is unpacked when it is first asked for; in pieces, so that no huge string is made.
  function unpack() {
    const text = byId("sound").textContent, piece = 1 << 20, parts = [];
    for (let i = 0; i < text.length; i += piece) {
      const bytes = atob(text.slice(i, i + piece));
      parts.push(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
    }
    use(new Blob(parts, { type: meeting.sound }));
  }
  function use(blob) {
    if (address) URL.revokeObjectURL(address);
    address = URL.createObjectURL(blob);
    audio.src = address;
    play.disabled = false;
  }
  const isReady = () => {
    if (!address && isEmbedded) unpack();
    return Boolean(address);
  };

  function show(ms, follows) {
    twoway.move(ms, follows);
    seek.value = ms;
    seek.setAttribute("aria-valuetext", clock(ms));
    time.value = clock(ms);
    twoway.onTime?.(ms);
  }
  function goTo(ms) {
    if (audio.readyState > 0) audio.currentTime = ms / 1000; else wanted = ms;
    show(ms, false);
  }
  audio.addEventListener("loadedmetadata", () => {
    if (wanted !== null) audio.currentTime = wanted / 1000;
    wanted = null;
    const off = Math.abs(audio.duration * 1000 - meeting.duration);
    if (!isEmbedded && off > 2000) {
      twoway.say("This file is " + clock(audio.duration * 1000) + " long, the meeting " + clock(meeting.duration)
        + ". Is it the right one?");
    }
  });
  function start() {
    if (!isReady()) {
      twoway.say("Choose the recording above to listen; it stays on this computer.");
      return;
    }
    audio.play().catch((error) => { if (error.name !== "AbortError") twoway.say("This browser cannot play the file (" + error.name + ")."); });
  }
  twoway.onPick = (turn) => { goTo(turn.start); start(); };
  twoway.onSeek = (ms) => goTo(ms);
  play.addEventListener("click", () => (audio.paused ? start() : audio.pause()));
  seek.addEventListener("input", () => goTo(Number(seek.value)));

  function follow() {
    if (audio.paused) return;
    if (wanted === null) show(audio.currentTime * 1000, true);
    requestAnimationFrame(follow);
  }
  audio.addEventListener("play", () => { play.textContent = "Pause"; requestAnimationFrame(follow); });
  audio.addEventListener("pause", () => { play.textContent = "Play"; });
  audio.addEventListener("error", () => { if (address) twoway.say("This browser cannot play the file."); });
  file.addEventListener("change", () => {
    if (!file.files.length) return;
    isEmbedded = false;
    wanted = twoway.position;
    use(file.files[0]);
    file.parentNode.querySelector("span").textContent = file.files[0].name;
  });
  play.disabled = !isEmbedded;
  twoway.audio = audio;
})();
