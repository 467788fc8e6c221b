
"use strict";
// Sorting and filtering of the table of meetings. Every cell that sorts carries its key in data-key.
(() => {
  const table = document.getElementById("index");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], count = document.getElementById("count");
  const search = document.getElementById("search"), pattern = document.getElementById("pattern");
  const collator = new Intl.Collator(undefined, { numeric: true });

  function sort(header) {
    const column = header.cellIndex;
    const descends = header.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", descends ? "descending" : "ascending");
    const isNumber = header.dataset.type === "number";
    const key = (row) => row.cells[column].dataset.key ?? "";
    const sorted = rows.slice().sort((one, two) => {
      const [left, right] = [key(one), key(two)];
      // What is not known comes last either way.
      if (left === "" || right === "") return (left === "") - (right === "");
      const order = isNumber ? left - right : collator.compare(left, right);
      return descends ? -order : order;
    });
    body.append(...sorted);
  }
  function filter() {
    const words = (search?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.dataset.text.toLowerCase();
      const fits = words.every((word) => text.includes(word)) && (!pattern?.value || row.dataset.pattern === pattern.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    if (!count) return;
    const things = count.dataset.things ?? "meetings";
    count.textContent = (shown === rows.length ? "" : shown + " of ") + rows.length + " " + things;
  }
  for (const header of table.tHead.rows[0].cells) header.querySelector("button")?.addEventListener("click", () => sort(header));
  search?.addEventListener("input", filter);
  pattern?.addEventListener("change", filter);
  filter();
})();
