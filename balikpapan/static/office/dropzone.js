// A file dropped on the form is handed in at once; without this script the form works by hand.
"use strict";

for (const form of document.querySelectorAll("[data-dropzone]")) {
  const input = form.querySelector("input[type=file]");
  const mark = (over) => form.classList.toggle("is-over", over);

  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => {
      event.preventDefault();
      mark(true);
    });
  }
  form.addEventListener("dragleave", () => mark(false));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

// A file held over a list opens the place where it can be dropped.
document.addEventListener("dragenter", (event) => {
  if (![...event.dataTransfer.types].includes("Files")) return;
  for (const menu of document.querySelectorAll("[data-drop-opens]")) menu.open = true;
});
