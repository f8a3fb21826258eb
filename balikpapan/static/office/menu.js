// The parts of the menu that were opened stay open on the next page; the server reads the cookie.
for (const part of document.querySelectorAll("#nav-sidebar details")) {
  part.addEventListener("toggle", () => {
    const open = [...document.querySelectorAll("#nav-sidebar details[open]")];
    const keys = open.map((details) => details.dataset.section).join(".");
    document.cookie = `menu=${keys}; path=/; max-age=31536000; SameSite=Lax`;
  });
}

// A menu that lies over the page is closed by Escape, which gives the focus back to what opened it,
// and by a click beside it.
const MENUS = ".user-menu, .sheet-menu, .column-menu";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const menu = document.activeElement.closest(`:is(${MENUS}, .filter-drawer)[open]`);
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(`:is(${MENUS})[open]`)) {
    // What a click has taken off the page stood in no menu.
    if (event.target.isConnected && !menu.contains(event.target)) menu.open = false;
  }
});
