// The parts of the menu that were opened stay open on the next page; the server reads the cookie.
for (const part of document.querySelectorAll("#nav-sidebar details")) {
  part.addEventListener("toggle", () => {
    const open = [...document.querySelectorAll("#nav-sidebar details[open]")];
    const keys = open.map((details) => details.dataset.section).join(".");
    document.cookie = `menu=${keys}; path=/; max-age=31536000; SameSite=Lax`;
  });
}
