// The columns of a list are put into another order by the buttons beside their names, or by Alt and
// an arrow; an arrow alone goes from one to the next. The form sends them as they stand. Without
// this script each button sends the form by itself.
const list = document.querySelector(".column-menu ul");
const neighbour = (item, isUp) => (isUp ? item.previousElementSibling : item.nextElementSibling);

const move = (item, isUp, control) => {
  neighbour(item, isUp)?.[isUp ? "before" : "after"](item);
  // Whatever is moved loses the focus.
  control.focus();
};
for (const button of list ? list.querySelectorAll("button") : []) {
  // Enter in the menu applies it, and does not press the first of these.
  button.type = "button";
  button.addEventListener("click", () => {
    move(button.closest("li"), button.name === "up", button);
  });
}
list?.addEventListener("keydown", (event) => {
  if (!["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const item = event.target.closest("li");
  const isUp = event.key === "ArrowUp";
  event.preventDefault();
  if (event.altKey) move(item, isUp, event.target);
  else neighbour(item, isUp)?.querySelector(":is(input, button):enabled:not([type=hidden])").focus();
});
