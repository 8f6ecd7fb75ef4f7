"use strict";
// Shows the rows that hold every word of the search. What is chosen beside it works by style alone.
(() => {
  const box = document.querySelector("[data-rows]");
  if (!box) return;
  const field = box.querySelector("input");
  const number = box.querySelector("output");
  const rows = [...document.querySelectorAll(box.dataset.rows)].map((row) => {
    const group = row.closest(".group");
    const head = group ? group.querySelector(".head").textContent : "";
    return { row, group, text: `${head} ${row.textContent}`.toLowerCase() };
  });
  const groups = new Set(rows.map(({ group }) => group).filter(Boolean));
  const opened = new Set();

  function search() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = rows.filter(({ text }) => words.every((word) => text.includes(word)));
    const shown = new Set(found.map(({ row }) => row));
    const full = new Set(found.map(({ group }) => group));
    for (const { row } of rows) row.hidden = !shown.has(row);
    for (const group of groups) {
      group.hidden = !full.has(group);
      if (words.length && full.has(group) && group.open === false) {
        for (let each = group; each; each = each.parentElement.closest("details")) {
          if (each.open === false) opened.add(each);
          each.open = true;
        }
      }
    }
    if (!words.length) {
      for (const group of opened) group.open = false;
      opened.clear();
    }
    number.textContent = words.length ? `${found.length} found` : "";
  }

  field.addEventListener("input", search);
  box.hidden = false;
  search();
})();
(() => {
  const opened = [];
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details.printed:not([open])")) {
      each.open = true;
      opened.push(each);
    }
  });
  addEventListener("afterprint", () => {
    for (const each of opened.splice(0)) each.open = false;
  });
})();
