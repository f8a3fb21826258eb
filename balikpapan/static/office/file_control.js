// A file is chosen with a control that speaks Indonesian in every browser and names what was
// chosen; the browser's own one lies over it unseen, so that keyboard and dropping still work.
"use strict";

const dress = (input) => {
  if (input.closest(".file-control")) return;
  const control = document.createElement("span");
  const button = document.createElement("span");
  const name = document.createElement("output");
  control.className = "file-control";
  button.className = "button";
  button.textContent = "Pilih berkas";
  button.setAttribute("aria-hidden", "true");
  name.className = "file-name";
  input.replaceWith(control);
  control.append(input, button, name);
  // Whatever is moved loses the focus the page gave it.
  if (input.autofocus) input.focus();

  const show = () => {
    const names = [...input.files].map((file) => file.name);
    name.textContent = names.join(", ") || "Belum ada berkas yang dipilih";
    input.setCustomValidity("");
  };
  input.addEventListener("change", show);
  input.addEventListener("invalid", () => {
    if (!input.files.length) input.setCustomValidity("Pilih berkasnya dahulu.");
  });
  show();
};
const dressAll = () => document.querySelectorAll("input[type=file]").forEach(dress);
dressAll();
document.addEventListener("formset:added", dressAll);
