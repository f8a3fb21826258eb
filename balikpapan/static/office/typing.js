// Typing a record without the mouse: Enter goes on to the next field, Ctrl+Down to the next
// section, Ctrl+S saves, Ctrl+Enter saves and adds another. Whoever leaves a form with something
// typed is asked first, and what was typed is offered again after a crash or a new log-in.
"use strict";

(() => {
  // A disk that is full or a browser that keeps nothing must not stop the typing.
  const withStore = (act) => {
    try {
      return act(window.localStorage, window.sessionStorage);
    } catch {
      return null;
    }
  };
  // Under this name stands what was sent; drafts.js drops it once a page says that it is stored.
  const SENT = "isian-terkirim";

  const form = document.querySelector(".change-form #content-main form[method=post]");
  if (!form || !form.querySelector("[name=_save]")) return;
  const $ = window.django?.jQuery;
  const FIELDS = "input, select, textarea, .select2-selection";
  const NO_FIELDS = ["hidden", "submit", "button", "checkbox", "file"];
  const SECTIONS = "fieldset.module, .inline-group";
  // What was refused stands on the page and nowhere else.
  let changed = Boolean(document.querySelector(".errornote"));

  // Going on

  // Icons beside a field are for the mouse; Tab goes from field to field. Insert and F2 open what
  // they lead to.
  const skipIcons = () => {
    for (const icon of form.querySelectorAll(".related-widget-wrapper-link, .datetimeshortcuts a")) {
      icon.tabIndex = -1;
    }
  };
  window.addEventListener("load", skipIcons);

  // A picker bears the name of the box it stands for, where its library names it by its choice; the
  // column of the rows' own names has a heading for those who hear the table.
  const nameParts = () => {
    for (const picker of form.querySelectorAll(".select2-selection:not([aria-label])")) {
      const box = boxOf(picker);
      const name = box?.getAttribute("aria-label") || box?.labels?.[0]?.textContent.trim();
      if (!name) continue;
      picker.removeAttribute("aria-labelledby");
      picker.setAttribute("aria-label", name.replace(/:$/, ""));
      picker.querySelector("[role=textbox]")?.setAttribute("aria-label", name.replace(/:$/, ""));
    }
    for (const heading of form.querySelectorAll("th.original:empty")) {
      const name = Object.assign(document.createElement("span"), {
        className: "visually-hidden",
        textContent: "Catatan",
      });
      heading.append(name);
    }
  };
  nameParts();
  // Pickers come late and with every new row.
  new MutationObserver(nameParts).observe(form, { childList: true, subtree: true });

  const isField = (field) =>
    field.getClientRects().length > 0 &&
    !field.disabled &&
    field.tabIndex >= 0 &&
    !NO_FIELDS.includes(field.type);
  const boxOf = (field) =>
    field.matches(".select2-selection")
      ? field.closest(".select2-container").previousElementSibling
      : field;
  const isFilled = (field) => Boolean(boxOf(field)?.value);
  const follows = (from) => (field) =>
    from.compareDocumentPosition(field) & Node.DOCUMENT_POSITION_FOLLOWING;
  const fieldsIn = (part) => [...part.querySelectorAll(FIELDS)].filter(isField);
  const focus = (field) => {
    field.focus();
    if (field.select && field.tagName === "INPUT") field.select();
  };
  const goOn = (from) => {
    const next = fieldsIn(form).find(
      (field) => follows(from)(field) && !boxOf(field)?.matches("[data-derived]"),
    );
    focus(next || form.querySelector("[name=_save]"));
  };
  // The first field of the section above or below; in a row begun already, the first blank one.
  const goToSection = (from, step) => {
    const sections = [...form.querySelectorAll(SECTIONS)].filter(
      (part) => !part.querySelector(SECTIONS) && fieldsIn(part).length,
    );
    const own = sections.findIndex((part) => part.contains(from));
    const section = sections[own + step];
    if (!section) return focus(form.querySelector("[name=_save]"));
    const fields = fieldsIn(section);
    const isRow = section.closest(".inline-group");
    focus((isRow && fields.find((field) => !isFilled(field))) || fields[0]);
  };
  const press = (name) => form.querySelector(`[name=${name}]`)?.click();

  form.addEventListener(
    "keydown",
    (event) => {
      const field = event.target;
      if (event.isComposing || event.altKey || !field.matches(FIELDS)) return;
      const isModified = event.ctrlKey || event.metaKey;
      if (isModified && ["ArrowDown", "ArrowUp"].includes(event.key)) {
        goToSection(field, event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && !isModified) {
        if (field.tagName === "TEXTAREA" || ["submit", "button", "file"].includes(field.type)) return;
        goOn(field);
      } else if (["Insert", "F2"].includes(event.key) && !isModified) {
        const kind = event.key === "Insert" ? "add" : "change";
        const icon = field.closest(".related-widget-wrapper")?.querySelector(`.${kind}-related[href]`);
        if (!icon) return;
        icon.click();
      } else if (event.key.length === 1 && !isModified && field.matches(".select2-selection")) {
        // A letter typed on a closed picker opens it and begins its search. The picker's own
        // focus comes too late for it.
        $?.(boxOf(field)).select2("open");
        const search = document.querySelector(".select2-container--open .select2-search__field");
        if (!search) return;
        search.focus();
        search.value = event.key.trim();
        search.dispatchEvent(new Event("input", { bubbles: true }));
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    const name = { s: "_save", enter: "_addanother" }[event.key.toLowerCase()];
    if (!name || !form.querySelector(`[name=${name}]`)) return;
    event.preventDefault();
    press(name);
  });

  // Rows of years

  const YEAR = "input[name$='-year']";
  const boxesOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), select")];
  const tailOf = (box) => box.name.replace(/^.*-\d+-/, "");
  const setBox = (box, value, text) => {
    if (box.type === "checkbox") {
      box.checked = value;
    } else {
      if (box.tagName === "SELECT" && ![...box.options].some((option) => option.value === value)) {
        box.add(new Option(text, value));
      }
      box.value = value;
    }
    if ($) $(box).trigger("change");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const copyYearBefore = (row) => {
    const others = [...row.parentElement.querySelectorAll("tr.form-row:not(.empty-form)")].filter(
      (other) => other !== row && other.querySelector(YEAR)?.value,
    );
    const year = row.querySelector(YEAR);
    // A row without a year is that after the newest one.
    const newest = Math.max(...others.map((other) => Number(other.querySelector(YEAR).value)));
    if (!year.value && newest > 0) setBox(year, String(newest + 1));
    const before = String(Number(year.value) - 1);
    const source = others.find((other) => other.querySelector(YEAR).value === before);
    if (!source) return before;
    const values = new Map(boxesOf(source).map((box) => [tailOf(box), box]));
    for (const box of boxesOf(row)) {
      const other = values.get(tailOf(box));
      if (!other || box.value || box.matches(YEAR) || tailOf(box) === "DELETE") continue;
      setBox(box, other.value, other.selectedOptions?.[0]?.text);
    }
    return "";
  };
  const offerCopy = (row) => {
    const year = row.querySelector(YEAR);
    if (!year || row.matches(".has_original, .empty-form") || row.querySelector(".copy-year")) return;
    const others = row.parentElement.querySelectorAll("tr.form-row:not(.empty-form)");
    if (others.length < 2) return;
    const button = document.createElement("button");
    const answer = document.createElement("small");
    Object.assign(button, { type: "button", className: "copy-year", textContent: "Salin angka tahun lalu" });
    answer.setAttribute("role", "status");
    button.addEventListener("click", () => {
      const missing = copyYearBefore(row);
      answer.textContent = missing ? `Tidak ada angka tahun ${Number(missing) || "sebelumnya"}.` : "";
      if (!missing) goOn(year);
    });
    year.closest("td").append(button, answer);
  };
  for (const row of form.querySelectorAll("tr.form-row")) offerCopy(row);
  document.addEventListener("formset:added", (event) => {
    offerCopy(event.target);
    setTimeout(() => {
      skipIcons();
      const first = fieldsIn(event.target)[0];
      if (first && !isRestoring) focus(first);
    });
  });

  // Drafts: in this browser and for this person alone, without whatever is about a person

  const owner = form.querySelector("[data-user]")?.dataset.user;
  const KEY = `isian:${owner}:${window.location.pathname}`;
  const KEPT_FOR = 7 * 24 * 3600 * 1000;
  const LONG_NUMBER = /\d{15,}/;
  let isRestoring = false;
  const drafted = () =>
    [...form.querySelectorAll("[data-draft]")].filter((box) => box.name && !box.name.includes("__prefix__"));
  const stateOf = (box) => ({
    value: box.type === "checkbox" ? box.checked : box.value,
    text: box.selectedOptions?.[0]?.text,
  });
  const rowCounts = () =>
    [...form.querySelectorAll("[name$=-TOTAL_FORMS]")].map((box) => [box.name, box.value]);
  const keepDraft = () => {
    const boxes = drafted()
      .map((box) => [box.name, stateOf(box)])
      .filter(([, { value }]) => !LONG_NUMBER.test(String(value).replace(/[\s.-]/g, "")));
    const draft = { at: Date.now(), boxes, rows: rowCounts() };
    withStore((store) => store.setItem(KEY, JSON.stringify(draft)));
  };
  const restore = (draft) => {
    isRestoring = true;
    for (const [name, total] of draft.rows) {
      const count = form.querySelector(`[name="${name}"]`);
      const add = count?.closest(".inline-group")?.querySelector(".add-row a");
      for (let tries = 0; add && Number(count.value) < Number(total) && tries < 50; tries += 1) add.click();
    }
    for (const [name, { value, text }] of draft.boxes) {
      const box = form.querySelector(`[name="${name}"][data-draft]`);
      if (box && stateOf(box).value !== value) setBox(box, value, text);
    }
    setTimeout(() => {
      isRestoring = false;
    });
    changed = true;
  };
  const differs = (draft) => {
    const boxes = new Map(drafted().map((box) => [box.name, box]));
    return draft.boxes.some(([name, { value }]) => {
      const box = boxes.get(name);
      if (!box) return Boolean(value);
      return box.type !== "hidden" && stateOf(box).value !== value;
    });
  };
  const offerDraft = (draft) => {
    const when = new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeStyle: "short" });
    const notice = document.createElement("div");
    notice.className = "notice draft";
    notice.setAttribute("role", "status");
    const line = document.createElement("p");
    line.textContent =
      `Ada isian Anda dari ${when.format(draft.at)} yang belum tersimpan. ` +
      "Data pribadi tidak ikut disimpan di peramban ini dan perlu diketik lagi.";
    const buttons = document.createElement("p");
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), {
        type: "button",
        className: "button",
        textContent: text,
      });
      made.addEventListener("click", () => {
        act();
        notice.remove();
        focus(fieldsIn(form)[0]);
      });
      buttons.append(made, " ");
    };
    button("Pakai isian itu", () => restore(draft));
    button("Buang", () => withStore((store) => store.removeItem(KEY)));
    notice.append(line, buttons);
    form.before(notice);
  };
  if (owner) {
    withStore((store) => {
      const draft = JSON.parse(store.getItem(KEY) || "null");
      if (!draft) return;
      if (Date.now() - draft.at > KEPT_FOR || !differs(draft)) store.removeItem(KEY);
      else if (!document.querySelector(".errornote")) offerDraft(draft);
    });
  }

  // Typed

  let pause;
  const noteChange = () => {
    changed = true;
    if (!owner) return;
    clearTimeout(pause);
    pause = setTimeout(keepDraft, 400);
  };
  form.addEventListener("input", noteChange);
  // Pickers tell jQuery alone; whoever has chosen goes on.
  $?.(form).on("select2:select select2:clear", noteChange);
  $?.(form).on("select2:select", (event) => {
    const picker = event.target.nextElementSibling?.querySelector(".select2-selection");
    setTimeout(() => picker && goOn(picker));
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(pause);
    if (!owner) return;
    keepDraft();
    withStore((_, session) => session.setItem(SENT, KEY));
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
