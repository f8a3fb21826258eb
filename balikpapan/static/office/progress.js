// Asks how far the worker is and shows the finished upload as soon as there is one.
"use strict";

const card = document.querySelector("[data-progress]");

async function look() {
  try {
    const answer = await fetch(card.dataset.progress, { headers: { Accept: "application/json" } });
    const found = await answer.json();
    if (!found.working) {
      window.location.reload();
      return;
    }
    const bar = card.querySelector("progress");
    bar.max = found.total;
    bar.value = found.done;
    card.querySelector("[data-phase]").textContent = found.phase;
    const waiting = card.querySelector("[data-waiting]");
    waiting.textContent = found.waiting;
    waiting.hidden = !found.waiting;
  } catch {
    // The server may be busy or starting anew; the next look tells.
  }
  window.setTimeout(look, 2000);
}

if (card) {
  window.setTimeout(look, 1000);
}
