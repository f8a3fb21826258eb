// A button copies the text it stands below. It selects it first: over plain HTTP, as in the network
// of the office, a browser offers no other way to the clipboard.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById(button.dataset.copies).select();
    if (document.execCommand("copy")) button.firstChild.textContent = "Tersalin";
    button.focus();
  });
}
