// Moves among the boxes of a grid as Excel does and spreads a pasted block over them. The server
// reads every text and adds up; without this script the form is sent as it is.
"use strict";

(() => {
  const form = document.querySelector("[data-grid]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("table.grid input[type=text]")];
  const opened = new Map(boxes.map((box) => [box, box.value]));
  const state = form.querySelector("[data-state]");
  const pasted = [];
  let sending = false;
  let timer = 0;
  let asked = 0;

  // Rows of cells, each a box or null, over all tables of the page.
  const rows = [...form.querySelectorAll("table.grid tbody tr")].map((row) =>
    [...row.querySelectorAll("td:not(.derived)")].map((cell) => cell.querySelector("input[type=text]")),
  );
  const places = new Map();
  rows.forEach((row, y) => row.forEach((box, x) => box && places.set(box, [y, x])));

  const go = (box, down, right) => {
    let [y, x] = places.get(box);
    for (;;) {
      y += down;
      x += right;
      if (!rows[y] || x < 0 || x >= rows[y].length) return false;
      if (rows[y][x]) {
        rows[y][x].focus();
        return true;
      }
    }
  };

  const mark = (box) => box.closest("td").classList.toggle("is-changed", box.value !== opened.get(box));
  const isChanged = () => boxes.some((box) => box.value !== opened.get(box));

  const show = ({ cells, sums, changed }) => {
    const list = form.querySelector("[data-remarks]");
    list.replaceChildren();
    for (const box of boxes) {
      const remark = cells[box.name] || {};
      const cell = box.closest("td");
      cell.classList.toggle("is-error", Boolean(remark.error));
      cell.classList.toggle("is-warning", !remark.error && Boolean(remark.warning));
      if (remark.error) box.setAttribute("aria-invalid", "true");
      else box.removeAttribute("aria-invalid");
      box.title = remark.error || remark.warning || "";
      if (!box.title) continue;
      const item = document.createElement("li");
      const label = document.createElement("strong");
      item.className = remark.error ? "is-error" : "is-warning";
      label.textContent = `${box.getAttribute("aria-label")}: `;
      item.append(label, box.title);
      list.append(item);
    }
    for (const place of form.querySelectorAll("[data-sum]")) {
      if (place.dataset.sum in sums) place.textContent = sums[place.dataset.sum];
    }
    const errors = Object.values(cells).filter((remark) => remark.error).length;
    state.textContent = errors
      ? `${errors} sel perlu diperbaiki`
      : changed ? `${changed} angka berubah, belum disimpan` : "";
  };

  const check = async () => {
    const number = ++asked;
    try {
      const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
      if (answer.ok && number === asked) show(await answer.json());
    } catch {
      // The line is down; what was typed is read when the form is sent.
    }
  };
  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(check, 250);
  };

  const put = (box, text) => {
    box.value = text;
    mark(box);
  };

  form.addEventListener("keydown", (event) => {
    const box = event.target;
    if (!places.has(box) || event.altKey) return;
    const all = box.selectionStart === 0 && box.selectionEnd === box.value.length;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && pasted.length) {
      event.preventDefault();
      for (const [target, before] of pasted.pop()) put(target, before);
      soon();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=_save]"));
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const moves = {
      Enter: [event.shiftKey ? -1 : 1, 0],
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowLeft: all || box.selectionEnd === 0 ? [0, -1] : null,
      ArrowRight: all || box.selectionStart === box.value.length ? [0, 1] : null,
    };
    const move = moves[event.key];
    if (move) {
      event.preventDefault();
      go(box, ...move);
    } else if (event.key === "Escape") {
      put(box, opened.get(box));
      box.select();
      soon();
    }
  });

  form.addEventListener("focusin", (event) => {
    if (places.has(event.target)) event.target.select();
  });

  form.addEventListener("input", (event) => {
    if (!places.has(event.target)) return;
    mark(event.target);
    soon();
  });

  form.addEventListener("paste", (event) => {
    const box = event.target;
    const text = event.clipboardData.getData("text/plain");
    if (!places.has(box) || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const [top, left] = places.get(box);
    const before = [];
    let outside = 0;
    text.replace(/\r/g, "").replace(/\n$/, "").split("\n").forEach((line, y) =>
      line.split("\t").forEach((value, x) => {
        const target = (rows[top + y] || [])[left + x];
        if (!target) {
          outside += value.trim() ? 1 : 0;
          return;
        }
        before.push([target, target.value]);
        put(target, value.trim());
      }),
    );
    pasted.push(before);
    window.clearTimeout(timer);
    check().then(() => {
      if (outside) state.textContent += ` · ${outside} sel yang ditempel jatuh di luar kotak isian dan tidak dipakai`;
    });
  });

  form.addEventListener("submit", () => {
    sending = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && isChanged()) event.preventDefault();
  });
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;

  // Typing goes on in the column after the last one in which something stands.
  const column = (box) => places.get(box)[1];
  const last = Math.max(-1, ...boxes.filter((box) => box.value).map(column));
  const empty = boxes.filter((box) => !box.value);
  const first = empty.find((box) => column(box) === last + 1) || empty[0] || boxes[0];
  if (first && !form.querySelector("[aria-invalid]")) first.focus();
})();
