// The search in the header: "/" or Ctrl+K opens it, arrows choose, Enter goes there.
const box = document.querySelector("#quick-search");
if (box) {
  const words = box.querySelector("input");
  const list = box.querySelector(".search-list");
  const WAIT = 200;
  let timer;
  let asked = 0;

  const show = async () => {
    const number = ++asked;
    const query = new URLSearchParams({ q: words.value, bagian: "1" });
    const answer = await fetch(`${box.dataset.address}?${query}`, { headers: { Accept: "text/html" } });
    if (number === asked && answer.ok && !answer.redirected) list.innerHTML = await answer.text();
  };
  const links = () => [...list.querySelectorAll("a")];
  const open = () => {
    box.showModal();
    words.select();
    show();
  };

  // A key that is a single character can be turned off: dictation and trembling hands press it too.
  const SLASH = "tombol-cari";
  const slashIsOff = () => localStorage.getItem(SLASH) === "mati";
  const toggle = document.querySelector(".slash-toggle");
  const tell = () => {
    toggle.textContent = `Tombol / membuka Cari: ${slashIsOff() ? "tidak" : "ya"}`;
    toggle.hidden = false;
  };
  toggle?.addEventListener("click", () => {
    if (slashIsOff()) localStorage.removeItem(SLASH);
    else localStorage.setItem(SLASH, "mati");
    tell();
  });
  if (toggle) tell();

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    const chosen = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.altKey;
    if (chosen || (slash && !slashIsOff())) {
      event.preventDefault();
      if (!box.open) open();
    }
  });
  document.querySelector(".search-link")?.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, WAIT);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const all = [words, ...links()];
    const here = all.indexOf(document.activeElement);
    const step = event.key === "ArrowDown" ? 1 : -1;
    all[(here + step + all.length) % all.length].focus();
  });
  box.querySelector("form").addEventListener("submit", (event) => {
    const [first] = links();
    if (first && timer) {
      event.preventDefault();
      location.href = first.href;
    }
  });
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
}
