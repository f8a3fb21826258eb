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
  const [begin, all, save, cancel, state] = ["begin", "all", "save", "cancel", "state"].map(
    (name) => form.querySelector(`[data-plan-${name}]`),
  );
  const units = [...drawing.querySelectorAll("a[data-unit]")];
  // A unit without a place is drawn where it could stand; it has a place once somebody touched it.
  const isUnplaced = (unit) => unit.dataset.unplaced !== undefined;
  const places = new Map(
    units.map((unit) => [
      unit,
      { x: Number(unit.dataset.x), y: Number(unit.dataset.y), isPlaced: !isUnplaced(unit) },
    ]),
  );
  let moving = false;
  let held = null;

  const isMoved = (unit) => {
    const { x, y, isPlaced } = places.get(unit);
    if (isUnplaced(unit)) return isPlaced;
    return x !== Number(unit.dataset.x) || y !== Number(unit.dataset.y);
  };
  const nameOf = (unit) => unit.querySelector("text").textContent;
  const overlap = (unit, other) =>
    [
      ["x", "width"],
      ["y", "height"],
    ].every(([axis, size]) => {
      const [one, two] = [places.get(unit)[axis], places.get(other)[axis]];
      return one < two + Number(other.dataset[size]) && two < one + Number(unit.dataset[size]);
    });
  // Every unit that stands upon another is marked.
  const markOverlaps = () => {
    const placed = units.filter((unit) => places.get(unit).isPlaced);
    for (const unit of placed) {
      const covers = placed.some((other) => other !== unit && overlap(unit, other));
      unit.classList.toggle("is-overlapping", covers);
    }
    return placed;
  };
  const put = (unit, x, y) => {
    const place = {
      x: Math.min(Math.max(x, 0), SIDE),
      y: Math.min(Math.max(y, 0), SIDE),
      isPlaced: true,
    };
    places.set(unit, place);
    const right = (place.x - Number(unit.dataset.x)) * SQUARE;
    const down = (place.y - Number(unit.dataset.y)) * SQUARE;
    unit.setAttribute("transform", `translate(${right} ${down})`);
    unit.classList.toggle("is-moved", isMoved(unit));
  };
  // What has been done so far, in words.
  const report = (words) => {
    const count = units.filter(isMoved).length;
    save.disabled = count === 0;
    state.textContent = `${words}${count} unit digeser, belum disimpan.`;
  };
  const move = (unit, x, y) => {
    put(unit, x, y);
    const covered = markOverlaps().filter((other) => other !== unit && overlap(unit, other));
    const place = places.get(unit);
    const warning = covered.length
      ? `Bertumpang tindih dengan ${covered.map(nameOf).join(", ")}. `
      : "";
    report(`${nameOf(unit)}: ${place.x} dari kiri, ${place.y} dari atas. ${warning}`);
  };
  // A point of the screen in squares of the plan.
  const squares = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY);
    const { x, y } = point.matrixTransform(drawing.getScreenCTM().inverse());
    return [x / SQUARE, y / SQUARE];
  };

  begin.addEventListener("click", () => {
    moving = true;
    const end = (axis, size) =>
      Math.max(...units.map((unit) => Number(unit.dataset[axis]) + Number(unit.dataset[size])));
    const width = Math.max(drawing.viewBox.baseVal.width, end("x", "width") * SQUARE);
    const height = end("y", "height") * SQUARE;
    drawing.setAttribute("viewBox", `0 0 ${width + ROOM * SQUARE} ${height + ROOM * SQUARE}`);
    drawing.classList.add("plan-moving");
    form.classList.add("is-moving");
    drawing.parentElement.hidden = false;
    begin.hidden = true;
    save.hidden = cancel.hidden = false;
    all.hidden = !units.some(isUnplaced);
    save.disabled = true;
    state.textContent = "Seret unit, atau pilih dengan Tab lalu tekan tombol panah.";
    units[0].focus();
  });
  all.addEventListener("click", () => {
    for (const unit of units.filter((one) => !places.get(one).isPlaced)) {
      put(unit, places.get(unit).x, places.get(unit).y);
    }
    markOverlaps();
    report("");
    all.hidden = true;
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
      const step = moving && (STEPS[event.key] || (event.key === "Enter" && [0, 0]));
      if (!step) return;
      event.preventDefault();
      const { x, y } = places.get(unit);
      move(unit, x + step[0], y + step[1]);
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
      move(unit, held.place.x + right, held.place.y + down);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      unit.addEventListener(end, () => {
        held = null;
      });
    }
  }
  form.hidden = false;
})();
