// Says beside a box what its text will be read as, and below a form's boxes what the register
// knows about them. The server reads and compares, so that a box and a sheet never differ; without
// this script the same is said when the form is sent.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const page = document.querySelector("[data-read-url]");
  if (!page) return;
  const PAUSE = 350;

  const post = async (address, fields) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const headers = { "X-CSRFToken": token ? token.value : "" };
    const body = new URLSearchParams(fields);
    const answer = await fetch(address, { method: "POST", body, headers });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };
  const cellOf = (box) => box.closest(".fieldBox, .form-row, td");

  // What was read
  const echo = async (box) => {
    const output = cellOf(box)?.querySelector("output.echo");
    if (!output) return;
    const text = box.value;
    const show = (words, isError) => {
      if (box.value !== text) return;
      output.textContent = words;
      output.classList.toggle("echo--error", isError);
    };
    if (!text.trim()) return show("", false);
    try {
      const { echo: words, error } = await post(page.dataset.readUrl, { field: box.dataset.read, text });
      show(error || words, Boolean(error));
    } catch {
      show("", false);
    }
  };
  let pause;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-words]")) return;
    clearTimeout(pause);
    pause = setTimeout(echo, PAUSE, event.target);
  });

  // What the register knows
  const hinted = () => [...document.querySelectorAll("[data-hint]")];
  const showHints = (box, lines) => {
    const cell = cellOf(box);
    let list = cell.querySelector(".hint");
    if (!list && lines.length) {
      list = document.createElement("ul");
      list.className = "hint";
      list.setAttribute("role", "status");
      cell.append(list);
    }
    list?.replaceChildren(
      ...lines.map(({ text, url }) => {
        const link = Object.assign(document.createElement("a"), {
          href: url,
          target: "_blank",
          rel: "noopener",
          textContent: text,
        });
        const line = document.createElement("li");
        line.append(link);
        return line;
      }),
    );
  };
  const fill = (name, { key, text }) => {
    const select = document.querySelector(`#id_${name}`);
    if (!select || select.value === key) return;
    if (![...select.options].some((option) => option.value === key)) {
      select.add(new Option(text, key));
    }
    select.value = key;
    window.django.jQuery(select).trigger("change");
  };
  const ask = async (changed) => {
    if (!page.dataset.hintsUrl) return;
    const fields = Object.fromEntries(hinted().map((box) => [box.dataset.hint, box.value]));
    try {
      const answer = await post(page.dataset.hintsUrl, { ...fields, record: page.dataset.record });
      for (const box of hinted()) showHints(box, answer.hints[box.dataset.hint] || []);
      if (changed.tagName !== "SELECT") return;
      for (const [name, choice] of Object.entries(answer.filled)) fill(name, choice);
    } catch {
      for (const box of hinted()) showHints(box, []);
    }
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-read]")) {
      clearTimeout(pause);
      echo(event.target);
    }
    if (event.target.matches("[data-hint]")) ask(event.target);
  });
  // Pickers tell jQuery alone.
  window.django?.jQuery(document).on("select2:select", "[data-hint]", (event) => ask(event.target));
});
