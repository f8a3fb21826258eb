// Moves the units of a plan by pointer or arrow keys, square by square; the server stores where they
// stand. Without this script their squares are typed in the form of each unit.
"use strict";

(() => {
  const form = document.querySelector("[data-plan-form]");
  const drawing = document.querySelector("[data-plan] svg");
  if (!form || !drawing) return;
  const SQUARE = 12;
  const SIDE = 200;
  const ROOM = 8; // squares that a plan grows by while it is changed
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const [begin, save, cancel, state] = ["begin", "save", "cancel", "state"].map((name) =>
    form.querySelector(`[data-plan-${name}]`),
  );
  const units = [...drawing.querySelectorAll("a[data-unit]")];
  const places = new Map(
    units.map((unit) => [unit, { x: Number(unit.dataset.x), y: Number(unit.dataset.y) }]),
  );
  let moving = false;
  let held = null;

  const isMoved = (unit) => {
    const { x, y } = places.get(unit);
    return x !== Number(unit.dataset.x) || y !== Number(unit.dataset.y);
  };
  const put = (unit, x, y) => {
    const place = { x: Math.min(Math.max(x, 0), SIDE), y: Math.min(Math.max(y, 0), SIDE) };
    places.set(unit, place);
    const right = (place.x - Number(unit.dataset.x)) * SQUARE;
    const down = (place.y - Number(unit.dataset.y)) * SQUARE;
    unit.setAttribute("transform", `translate(${right} ${down})`);
    unit.classList.toggle("is-moved", isMoved(unit));
    const name = unit.querySelector("text").textContent;
    const count = units.filter(isMoved).length;
    save.disabled = count === 0;
    state.textContent = `${name}: ${place.x} dari kiri, ${place.y} dari atas. ${count} unit digeser, belum disimpan.`;
  };
  // A point of the screen in squares of the plan.
  const squares = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(drawing.getScreenCTM().inverse());
    return [x / SQUARE, y / SQUARE];
  };

  begin.addEventListener("click", () => {
    moving = true;
    const { width, height } = drawing.viewBox.baseVal;
    drawing.setAttribute("viewBox", `0 0 ${width + ROOM * SQUARE} ${height + ROOM * SQUARE}`);
    drawing.classList.add("plan-moving");
    begin.hidden = true;
    save.hidden = cancel.hidden = false;
    save.disabled = true;
    state.textContent = "Seret unit, atau pilih dengan Tab lalu tekan tombol panah.";
    units[0].focus();
  });
  cancel.addEventListener("click", () => {
    moving = false;
    window.location.reload();
  });
  form.addEventListener("submit", () => {
    moving = false;
    form.elements.moves.value = JSON.stringify(
      units.filter(isMoved).map((unit) => {
        const { x, y } = places.get(unit);
        return [Number(unit.dataset.unit), Number(unit.dataset.version), x, y];
      }),
    );
  });
  window.addEventListener("beforeunload", (event) => {
    if (moving && units.some(isMoved)) event.preventDefault();
  });

  for (const unit of units) {
    unit.addEventListener("click", (event) => moving && event.preventDefault());
    unit.addEventListener("dragstart", (event) => event.preventDefault());
    unit.addEventListener("keydown", (event) => {
      const step = moving && STEPS[event.key];
      if (!step) return;
      event.preventDefault();
      const { x, y } = places.get(unit);
      put(unit, x + step[0], y + step[1]);
    });
    unit.addEventListener("pointerdown", (event) => {
      if (!moving || event.button !== 0) return;
      event.preventDefault();
      unit.focus();
      unit.setPointerCapture(event.pointerId);
      held = { unit, from: squares(event), place: places.get(unit) };
    });
    unit.addEventListener("pointermove", (event) => {
      if (!held || held.unit !== unit) return;
      const [right, down] = squares(event).map((now, axis) => Math.round(now - held.from[axis]));
      put(unit, held.place.x + right, held.place.y + down);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      unit.addEventListener(end, () => {
        held = null;
      });
    }
  }
  form.hidden = false;
})();
