// Tables in forms: one more line is a copy of the last, emptied and numbered on. Without script there are empty lines.
"use strict";
(() => {
  const numbered = (text, from, to) => (text || "").replace(new RegExp(`__${from}__`), `__${to}__`);

  const add = (table) => {
    const lines = table.querySelectorAll(":scope > [data-line]");
    const last = lines[lines.length - 1];
    const from = lines.length - 1;
    const line = last.cloneNode(true);
    for (const part of line.querySelectorAll("*")) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        if (part.hasAttribute(name)) part.setAttribute(name, numbered(part.getAttribute(name), from, from + 1));
      }
      if (part.matches("input:not([type=checkbox]):not([type=radio]), textarea, select")) part.value = "";
      if (part.matches("input[type=checkbox], input[type=radio]")) part.checked = false;
      if (part.matches(".cm-error")) part.remove();
    }
    line.setAttribute("aria-label", line.getAttribute("aria-label").replace(/\d+$/, String(from + 2)));
    const number = line.querySelector(".cm-policy-line-number");
    if (number) number.textContent = String(from + 2);
    last.after(line);
    line.querySelector("input, select, textarea")?.focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add-line]");
    if (button) add(button.closest("[data-lines]"));
  });

  const show = (root) => {
    for (const button of root.querySelectorAll("[data-add-line]")) button.parentElement.hidden = false;
  };
  show(document);
  new MutationObserver(() => show(document)).observe(document.documentElement, { childList: true, subtree: true });
})();
