// The side sheet of actions: opens over the page, keeps what was typed, gives the focus back.
(function () {
  "use strict";

  function sheet() {
    let dialog = document.getElementById("cm-sheet");
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.id = "cm-sheet";
      dialog.className = "cm-sheet-frame";
      dialog.setAttribute("aria-labelledby", "dialog-title");
      document.body.appendChild(dialog);
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
      });
    }
    return dialog;
  }

  function draftKey(form) {
    return "cm-draft:" + form.dataset.draft;
  }

  function typed(form) {
    const values = {};
    for (const field of form.elements) {
      if (!field.name || ["hidden", "file", "password", "submit", "button"].includes(field.type)) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        if (field.checked) (values[field.name] = values[field.name] || []).push(field.value);
      } else if (field.tagName === "SELECT" && field.multiple) {
        values[field.name] = [...field.selectedOptions].map((option) => option.value);
      } else {
        values[field.name] = [field.value];
      }
    }
    return values;
  }

  function keepDraft(form) {
    sessionStorage.setItem(draftKey(form), JSON.stringify(typed(form)));
  }

  function restoreDraft(form) {
    const kept = sessionStorage.getItem(draftKey(form));
    if (!kept || form.querySelector(".cm-alert[role=alert]")) return;
    const values = JSON.parse(kept);
    for (const field of form.elements) {
      if (!field.name || !(field.name in values) || field.type === "hidden" || field.type === "file") continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = values[field.name].includes(field.value);
      else if (field.tagName === "SELECT" && field.multiple) {
        for (const option of field.options) option.selected = values[field.name].includes(option.value);
      } else if (values[field.name][0]) field.value = values[field.name][0];
    }
  }

  function ready(root) {
    const form = root.querySelector("form.cm-dialog-form");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "1";
    restoreDraft(form);
    form.addEventListener("input", () => keepDraft(form));
    const first = form.querySelector("[data-autofocus]") ||
      form.querySelector(".cm-fields input:not([type=hidden]), .cm-fields select, .cm-fields textarea");
    if (first) first.focus();
  }

  function show(url) {
    fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((response) => response.ok ? response.text() : Promise.reject(response))
      .then((html) => {
        const dialog = sheet();
        dialog.innerHTML = html;
        if (!dialog.open) dialog.showModal();
        ready(dialog);
      })
      .catch(() => { window.location.assign(url); });
  }

  function send(form, submitter) {
    const body = new FormData(form, submitter);
    const button = form.querySelector(".cm-submit");
    button.setAttribute("aria-disabled", "true");
    fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((response) => {
        const led = response.headers.get("HX-Redirect");
        if (led) {
          sessionStorage.removeItem(draftKey(form));
          if (new URL(led, window.location).pathname === window.location.pathname) window.location.reload();
          else window.location.assign(led);
          return null;
        }
        return response.text();
      })
      .then((html) => {
        if (html === null) return;
        const parsed = new DOMParser().parseFromString(html, "text/html");
        const answer = parsed.getElementById("dialog");
        const dialog = sheet();
        dialog.replaceChildren(answer || parsed.body);
        ready(dialog);
      })
      .catch(() => { button.removeAttribute("aria-disabled"); form.submit(); });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.href);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("dialog form.cm-dialog-form")) return;
    event.preventDefault();
    if (form.querySelector(".cm-submit").getAttribute("aria-disabled") !== "true") send(form, event.submitter);
  });

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest && event.target.closest("form.cm-dialog-form");
      if (form) form.requestSubmit(form.querySelector(".cm-submit"));
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    ready(document);
    for (const icon of document.querySelectorAll(".material-symbols-outlined")) icon.setAttribute("aria-hidden", "true");
    const content = document.getElementById("content");
    if (content && !document.querySelector("main,[role=main]")) {
      content.setAttribute("role", "main");
      content.setAttribute("tabindex", "-1");
    }
  });
})();
