// Ctrl and an arrow go from one filter of a list to the next, as from part to part in a form.
const drawer = document.querySelector(".filter-drawer");
drawer?.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || !["ArrowUp", "ArrowDown"].includes(event.key) || !drawer.open) return;
  const heads = [...drawer.querySelectorAll("summary")];
  const here = event.target.closest("details").querySelector("summary");
  const next = heads[heads.indexOf(here) + (event.key === "ArrowUp" ? -1 : 1)];
  event.preventDefault();
  next?.focus();
});
