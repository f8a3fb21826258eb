// Says beside a box what its text will be read as. The server reads, so that a box and a sheet
// never differ; without this script the same is said when the form is sent.
"use strict";

(() => {
  const ask = async (box) => {
    const page = document.querySelector("[data-read-url]");
    const output = box.closest(".fieldBox, .form-row, td").querySelector(`output.echo[data-for="${box.id}"]`);
    if (!page || !output) return;
    const text = box.value;
    if (!text.trim()) {
      output.textContent = "";
      return;
    }
    const body = new URLSearchParams({ field: box.dataset.read, text });
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const headers = { "X-CSRFToken": token ? token.value : "" };
    try {
      const answer = await fetch(page.dataset.readUrl, { method: "POST", body, headers });
      if (!answer.ok || box.value !== text) return;
      const { echo, error } = await answer.json();
      output.textContent = error || echo;
      output.classList.toggle("echo--error", Boolean(error));
    } catch {
      output.textContent = "";
    }
  };

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-read]")) ask(event.target);
  });
})();
