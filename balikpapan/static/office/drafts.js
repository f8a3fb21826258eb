// What was typed into a form is kept in this browser (see typing.js) until a page says that it is
// stored; that page may be any.
"use strict";

(() => {
  try {
    const sent = sessionStorage.getItem("isian-terkirim");
    sessionStorage.removeItem("isian-terkirim");
    const isStored = document.querySelector(".messagelist .success, .messagelist .info");
    if (sent && isStored && !document.querySelector(".errornote")) localStorage.removeItem(sent);
  } catch {
    // A browser that keeps nothing has nothing to drop.
  }
})();
