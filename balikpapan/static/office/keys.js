// Ctrl+S, and Ctrl+Enter, press the main button of a page that is no form of a record: hand a file
// in, store a preview, close a year. The form of a record and a grid have keys of their own.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
  if (!["s", "enter"].includes(event.key.toLowerCase())) return;
  if (document.querySelector(".change-form #content-main form [name=_save]")) return;
  const buttons = [...document.querySelectorAll("main button[type=submit].button--primary")];
  const shown = buttons.filter(
    (button) => button.offsetParent && !button.disabled && !button.closest("details:not([open])"),
  );
  if (!shown.length) return;
  event.preventDefault();
  // Where there are several, the one below stores what those above have settled.
  shown.at(-1).click();
});
