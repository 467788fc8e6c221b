
// The list of all turns, made when it is first opened.
(() => {
  const { byId, meeting, turns, clock, kinds } = twoway;
  const details = byId("turns"), rows = byId("turn-rows");
  if (!details) return;
  let now = null;
  details.addEventListener("toggle", () => {
    if (!details.open || rows.childElementCount) return;
    const fragment = document.createDocumentFragment();
    for (const turn of turns) {
      const row = document.createElement("div"), button = document.createElement("button");
      row.setAttribute("role", "listitem");
      if (turn.kind) row.className = "low";
      button.type = "button";
      const add = (text, className) => {
        const span = document.createElement("span");
        span.textContent = text;
        if (className) span.className = className;
        button.append(span);
        return span;
      };
      add(clock(turn.start, 2) + " – " + clock(turn.end, 2));
      add(clock(turn.end - turn.start, 2));
      const who = add("");
      const name = document.createElement("bdi");
      name.className = "person " + (turn.speaker ? "b" : "a");
      name.textContent = meeting.names[turn.speaker];
      who.append(name);
      if (turn.kind) who.append(" · " + kinds[turn.kind]);
      button.addEventListener("click", () => { twoway.choose(turn, false); twoway.onPick(turn); });
      row.append(button);
      fragment.append(row);
    }
    rows.append(fragment);
  });
  // Marks the last turn that has begun.
  twoway.onTime = (ms) => {
    if (!details.open) return;
    let low = 0, high = turns.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (turns[middle].start <= ms + 1) low = middle + 1; else high = middle;
    }
    const row = rows.children[low - 1];
    if (row === now) return;
    now?.classList.remove("now");
    row?.classList.add("now");
    now = row;
  };
})();
