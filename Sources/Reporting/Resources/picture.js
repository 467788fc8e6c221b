
"use strict";
// The picture of the meeting: zoom, hover, keys. All times in milliseconds, as the data has them.
const twoway = (() => {
  const byId = (id) => document.getElementById(id);
  const meeting = JSON.parse(byId("meeting").textContent);
  const stage = byId("stage");
  const kinds = ["turn", "“mhm” (backchannel)", "overlap, did not win the floor"];
  const turns = [];
  for (let i = 0; i < meeting.turns.length; i += 3) {
    const code = meeting.turns[i];
    turns.push({
      index: turns.length, speaker: code < 3 ? 0 : 1, kind: code % 3, start: meeting.turns[i + 1], end: meeting.turns[i + 2],
    });
  }

  // A time as m:ss or h:mm:ss; with decimals where exactness is asked for.
  function clock(ms, decimals = 0) {
    const scale = 10 ** (3 - decimals);
    const units = Math.round(ms / scale);
    const perSecond = 10 ** decimals;
    const seconds = Math.floor(units / perSecond);
    const two = (n) => String(n).padStart(2, "0");
    const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
    const fraction = decimals ? "." + String(units % perSecond).padStart(decimals, "0") : "";
    return (h ? h + ":" + two(m) : String(m)) + ":" + two(s) + fraction;
  }
  const describe = (turn) => meeting.names[turn.speaker] + ", " + kinds[turn.kind] + ": " + clock(turn.start, 2) + " to "
    + clock(turn.end, 2) + " (" + clock(turn.end - turn.start, 2) + ")";

  const shared = { byId, meeting, turns, clock, describe, kinds, position: 0, onPick: () => {}, onSeek: () => {} };
  if (!stage) return shared;

  const svgNamespace = "http://www.w3.org/2000/svg";
  const duration = Math.max(meeting.duration, 1);
  const drawing = byId("drawing");
  const lanes = drawing.querySelector(".lanes");
  const laneTop = Number(lanes.parentNode.getAttribute("y"));
  const laneHeight = Number(lanes.getAttribute("height"));
  const tip = byId("tip"), hair = byId("hair"), cursor = byId("cursor"), ticks = byId("ticks");
  const shortestView = Math.min(2000, duration);
  const denseView = 1200000;
  const view = { start: 0, span: duration };
  let chosen = null, hasCursor = false, scheduled = false;

  const chosenBox = document.createElementNS(svgNamespace, "rect");
  chosenBox.setAttribute("class", "chosen");
  chosenBox.setAttribute("hidden", "");
  drawing.append(chosenBox);

  const percent = (ms) => ((ms - view.start) / view.span) * 100;
  const place = (element, name, ms) => element.setAttribute(name, percent(ms).toFixed(3) + "%");

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => { scheduled = false; draw(); });
  }

  function draw() {
    lanes.setAttribute("viewBox", view.start / 1000 + " 0 " + view.span / 1000 + " " + laneHeight);
    drawTicks();
    for (const mark of drawing.querySelectorAll(".mark")) drawMark(mark);
    const zoomed = view.span < duration;
    stage.classList.toggle("zoomed", zoomed);
    stage.classList.toggle("dense", view.span > denseView);
    byId("overview").toggleAttribute("hidden", !zoomed);
    byId("zoom-out").disabled = byId("zoom-all").disabled = !zoomed;
    byId("zoom-in").disabled = view.span <= shortestView;
    const shown = byId("shown");
    shown.setAttribute("x", (view.start / duration) * 100 + "%");
    shown.setAttribute("width", (view.span / duration) * 100 + "%");
    cursor.toggleAttribute("hidden", !hasCursor);
    place(cursor, "x1", shared.position);
    place(cursor, "x2", shared.position);
    chosenBox.toggleAttribute("hidden", !chosen);
    if (!chosen) return;
    place(chosenBox, "x", chosen.start);
    chosenBox.setAttribute("width", Math.max(((chosen.end - chosen.start) / view.span) * 100, 0.15) + "%");
    chosenBox.setAttribute("y", chosen.speaker === 0 ? laneTop - 1 : laneTop + laneHeight - 63);
    chosenBox.setAttribute("height", 64);
  }

  function drawTicks() {
    const steps = [100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000, 1800000,
      3600000, 7200000, 14400000, 28800000, 86400000];
    const wanted = Math.max(drawing.clientWidth / 110, 2);
    const step = steps.find((s) => view.span / s < wanted) || view.span;
    const y = ticks.firstElementChild.querySelector("line");
    const [top, bottom] = [y.getAttribute("y1"), y.getAttribute("y2")];
    const textY = ticks.firstElementChild.querySelector("text").getAttribute("y");
    const fragment = document.createDocumentFragment();
    for (let time = Math.ceil(view.start / step) * step; time <= view.start + view.span; time += step) {
      const share = percent(time);
      const tick = document.createElementNS(svgNamespace, "svg");
      tick.setAttribute("class", "tick" + (share < 3 ? " first" : share > 96 ? " last" : ""));
      tick.setAttribute("x", share.toFixed(3) + "%");
      tick.setAttribute("overflow", "visible");
      const line = document.createElementNS(svgNamespace, "line");
      line.setAttribute("y1", top);
      line.setAttribute("y2", bottom);
      const text = document.createElementNS(svgNamespace, "text");
      text.setAttribute("y", textY);
      text.textContent = clock(time, step < 1000 ? 1 : 0);
      tick.append(line, text);
      fragment.append(tick);
    }
    if (fragment.childElementCount) ticks.replaceChildren(fragment);
  }

  function drawMark(mark) {
    const start = mark.dataset.start * 1000, end = mark.dataset.end * 1000;
    const text = mark.querySelector("text"), shape = mark.firstElementChild;
    mark.toggleAttribute("hidden", end < view.start || start > view.start + view.span);
    const flips = percent(start) > 60;
    mark.classList.toggle("flip", flips);
    if (end > start) {
      place(shape, "x", start);
      shape.setAttribute("width", ((end - start) / view.span) * 100 + "%");
      place(text, "x", flips ? Math.min(end, view.start + view.span) : Math.max(start, view.start));
    } else {
      place(shape, "x1", start);
      place(shape, "x2", start);
      place(text, "x", start);
    }
    text.setAttribute("dx", flips ? -5 : 5);
  }

  // Shows `span` from `start`, as far as the meeting goes.
  function show(start, span) {
    view.span = Math.min(Math.max(span, shortestView), duration);
    view.start = Math.min(Math.max(start, 0), duration - view.span);
    schedule();
  }
  // Zooms so that `time` stays where it is.
  function zoom(factor, time = view.start + view.span / 2) {
    const span = Math.min(Math.max(view.span * factor, shortestView), duration);
    show(time - ((time - view.start) / view.span) * span, span);
  }
  function reveal(start, end) {
    if (start < view.start || end > view.start + view.span) {
      const middle = end - start < view.span ? (start + end) / 2 - view.span / 2 : start;
      show(middle, view.span);
    }
    schedule();
  }

  const timeAt = (event) => {
    const box = drawing.getBoundingClientRect();
    return view.start + ((event.clientX - box.left) / box.width) * view.span;
  };
  // The turn under the pointer: the shortest one there, or one within three pixels.
  function turnAt(event) {
    const box = drawing.getBoundingClientRect();
    const y = event.clientY - box.top - laneTop;
    if (y < -6 || y > laneHeight + 6) return null;
    const speaker = y < laneHeight / 2 ? 0 : 1;
    const time = timeAt(event), near = (3 / box.width) * view.span;
    let best = null, bestDistance = near;
    for (const turn of turns) {
      if (turn.start > time + near) break;
      if (turn.speaker !== speaker || turn.end < time - near) continue;
      const distance = Math.max(turn.start - time, time - turn.end, 0);
      const shorter = best && distance === bestDistance && turn.end - turn.start < best.end - best.start;
      if (!best || distance < bestDistance || shorter) [best, bestDistance] = [turn, distance];
    }
    return best;
  }

  function showTip(text, ms, speaker) {
    if (tip.textContent !== text) tip.textContent = text;
    tip.hidden = false;
    const width = drawing.clientWidth, x = (percent(ms) / 100) * width;
    const left = Math.min(Math.max(x - tip.offsetWidth / 2, 0), Math.max(width - tip.offsetWidth, 0));
    const top = speaker === 1 ? laneTop + laneHeight + 8 : Math.max(laneTop - tip.offsetHeight - 8, 0);
    tip.style.transform = "translate(" + left + "px," + top + "px)";
  }
  function hideTip() {
    tip.hidden = true;
    hair.setAttribute("hidden", "");
  }

  function choose(turn, tells) {
    chosen = turn;
    reveal(turn.start, turn.end);
    if (tells) showTip(describe(turn), (turn.start + turn.end) / 2, turn.speaker);
  }

  // Pointers: hover, click, drag to move along, two fingers to zoom.
  const pointers = new Map();
  let dragged = false, pinch = null;
  drawing.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, event);
    dragged = false;
    if (pointers.size === 2) {
      const [one, two] = [...pointers.values()];
      pinch = { distance: Math.abs(one.clientX - two.clientX) || 1, span: view.span, time: (timeAt(one) + timeAt(two)) / 2 };
    }
  });
  addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    pointers.set(event.pointerId, event);
    if (pointers.size === 2 && pinch) {
      const [one, two] = [...pointers.values()];
      const span = (pinch.span * pinch.distance) / (Math.abs(one.clientX - two.clientX) || 1);
      dragged = true;
      zoom(span / view.span, pinch.time);
    } else if (view.span < duration) {
      const moved = ((before.clientX - event.clientX) / drawing.clientWidth) * view.span;
      if (dragged || Math.abs(before.clientX - event.clientX) > 3) {
        dragged = true;
        hideTip();
        show(view.start + moved, view.span);
      } else {
        pointers.set(event.pointerId, before);
      }
    }
  });
  const lift = (event) => { pointers.delete(event.pointerId); if (pointers.size < 2) pinch = null; };
  addEventListener("pointerup", lift);
  addEventListener("pointercancel", lift);
  drawing.addEventListener("pointermove", (event) => {
    if (dragged && pointers.size) return;
    const time = Math.min(Math.max(timeAt(event), 0), duration), turn = turnAt(event);
    hair.removeAttribute("hidden");
    place(hair, "x1", time);
    place(hair, "x2", time);
    const lower = event.clientY - drawing.getBoundingClientRect().top > laneTop + laneHeight / 2;
    showTip(turn ? describe(turn) : clock(time, 2), time, turn ? turn.speaker : lower ? 1 : 0);
  });
  drawing.addEventListener("pointerleave", hideTip);
  drawing.addEventListener("click", (event) => {
    if (dragged) return;
    const turn = turnAt(event);
    if (turn) { choose(turn, false); shared.onPick(turn); } else { shared.onSeek(Math.min(Math.max(timeAt(event), 0), duration)); }
  });
  drawing.addEventListener("dblclick", (event) => zoom(0.4, timeAt(event)));
  drawing.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      zoom(Math.exp(Math.min(Math.max(event.deltaY, -60), 60) * 0.008), timeAt(event));
    } else if (view.span < duration && (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))) {
      event.preventDefault();
      show(view.start + ((event.deltaX || event.deltaY) / drawing.clientWidth) * view.span, view.span);
    }
  }, { passive: false });

  const overview = byId("overview");
  const jump = (event) => {
    const box = overview.getBoundingClientRect();
    show(((event.clientX - box.left) / box.width) * duration - view.span / 2, view.span);
  };
  overview.addEventListener("pointerdown", (event) => { overview.setPointerCapture(event.pointerId); jump(event); });
  overview.addEventListener("pointermove", (event) => { if (event.buttons) jump(event); });

  byId("zoom-in").addEventListener("click", () => zoom(0.5, hasCursor ? shared.position : undefined));
  byId("zoom-out").addEventListener("click", () => zoom(2));
  byId("zoom-all").addEventListener("click", () => show(0, duration));

  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !turns.length) return;
    const index = chosen ? chosen.index : -1;
    const steps = { ArrowRight: index + 1, ArrowLeft: Math.max(index - 1, 0), Home: 0, End: turns.length - 1 };
    if (event.key in steps) choose(turns[Math.min(steps[event.key], turns.length - 1)], true);
    else if (event.key === "+" || event.key === "=") zoom(0.5, chosen ? chosen.start : undefined);
    else if (event.key === "-") zoom(2);
    else if (event.key === "0") show(0, duration);
    else if (event.key === "Escape") hideTip();
    else if ((event.key === "Enter" || event.key === " ") && chosen) shared.onPick(chosen);
    else return;
    event.preventDefault();
  });
  stage.addEventListener("blur", hideTip);
  new ResizeObserver(schedule).observe(drawing);
  draw();

  return Object.assign(shared, {
    choose,
    // Moves the cursor; while sound plays the picture follows it.
    move(ms, follows) {
      shared.position = Math.min(Math.max(ms, 0), duration);
      hasCursor = true;
      const ahead = view.start + view.span * 0.9;
      if (follows && view.span < duration && (ms > ahead || ms < view.start)) view.start = Math.min(Math.max(ms - view.span * 0.1, 0), duration - view.span);
      schedule();
    },
    say(text) { showTip(text, shared.position, 0); },
  });
})();
