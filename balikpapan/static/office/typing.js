// Typing a record without the mouse: Enter goes on to the next field, Ctrl+S saves, Ctrl+Enter
// saves and adds another; whoever leaves a form with something typed is asked first.
const form = document.querySelector(".change-form #content-main form[method=post]");
if (form && form.querySelector("[name=_save]")) {
  const FIELDS = "input, select, textarea, .select2-selection";
  // What was refused stands on the page and nowhere else.
  let changed = Boolean(document.querySelector(".errornote"));

  // Icons beside a field are for the mouse; Tab goes from field to field.
  for (const icon of form.querySelectorAll(".related-widget-wrapper-link, .datetimeshortcuts a")) {
    icon.tabIndex = -1;
  }

  const isField = (field) =>
    field.getClientRects().length > 0 &&
    !field.disabled &&
    field.tabIndex >= 0 &&
    !["hidden", "submit", "button", "checkbox", "file"].includes(field.type);
  const goOn = (from) => {
    const follows = (field) =>
      from.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
    const fields = [...form.querySelectorAll(FIELDS)].filter(isField);
    const next = fields.find(follows) || form.querySelector("[name=_save]");
    next.focus();
    if (next.select && next.tagName === "INPUT") next.select();
  };
  const press = (name) => form.querySelector(`[name=${name}]`)?.click();

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    const field = event.target;
    if (!field.matches("input, select") || ["submit", "button", "file"].includes(field.type)) return;
    event.preventDefault();
    goOn(field);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const name = { s: "_save", enter: "_addanother" }[event.key.toLowerCase()];
    if (!name || !form.querySelector(`[name=${name}]`)) return;
    event.preventDefault();
    press(name);
  });

  // A letter typed on a closed picker opens it and begins its search.
  form.addEventListener("keydown", (event) => {
    const closed = event.target.closest?.(".select2-selection");
    if (!closed || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return;
    const select = closed.closest(".select2-container").previousElementSibling;
    if (select && window.django) window.django.jQuery(select).select2("open");
  });

  form.addEventListener("input", () => {
    changed = true;
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
