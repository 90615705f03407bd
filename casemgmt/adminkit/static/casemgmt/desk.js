// Dialogs of actions: a sheet over the page, or a few fields right under the item of a checklist that lacks them.
// Both keep what was typed and give the focus back.
(function () {
  "use strict";

  const PREFIX = "cm-draft:";
  const FEW_FIELDS = 5;
  let opener = null;

  function words(name) {
    const holder = document.getElementById("cm-words");
    return (holder && holder.dataset[name]) || "";
  }

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
      dialog.addEventListener("close", () => { if (opener && opener.isConnected) opener.focus(); });
    }
    return dialog;
  }

  // Where a form stands: the sheet, or a place in the page.
  function frameOf(part) {
    return part.closest("dialog, .cm-in-place");
  }

  function closePlaces() {
    for (const place of document.querySelectorAll(".cm-in-place")) place.remove();
  }

  function closePlace(place) {
    place.remove();
    if (opener && opener.isConnected) opener.focus();
  }

  // Short forms of a checklist are filled in under their item; long ones and composers want the room of the sheet.
  function placeFor(fragment, link) {
    const item = link && link.closest(".cm-checklist li");
    const form = fragment.querySelector("form.cm-dialog-form");
    if (!item || !form || form.querySelectorAll(".cm-field").length > FEW_FIELDS) return null;
    if (form.querySelector("[class*=cm-composer]")) return null;
    const place = document.createElement("div");
    place.className = "cm-in-place";
    item.appendChild(place);
    return place;
  }

  // Drafts live in this tab until the form is sent or the person signs out.
  function keyOf(form) {
    return PREFIX + form.dataset.draft;
  }

  function isTyped(field) {
    return field.name && !["hidden", "file", "password", "submit", "button"].includes(field.type);
  }

  function typed(form) {
    const values = {};
    for (const field of form.elements) {
      if (!isTyped(field)) continue;
      if (field.type === "checkbox" || field.type === "radio") {
        values[field.name] = values[field.name] || [];
        if (field.checked) values[field.name].push(field.value);
      } else if (field.tagName === "SELECT") {
        values[field.name] = [...field.selectedOptions].map((option) => option.value);
      } else {
        values[field.name] = [field.value];
      }
    }
    return values;
  }

  function restoreDraft(form) {
    const kept = sessionStorage.getItem(keyOf(form));
    if (!kept || form.querySelector(".cm-alert[role=alert]")) return;
    const values = JSON.parse(kept);
    let changed = false;
    for (const field of form.elements) {
      if (!isTyped(field) || !(field.name in values)) continue;
      const given = values[field.name];
      if (field.type === "checkbox" || field.type === "radio") {
        changed = changed || field.checked !== given.includes(field.value);
        field.checked = given.includes(field.value);
      } else if (field.tagName === "SELECT") {
        for (const option of field.options) {
          changed = changed || option.selected !== given.includes(option.value);
          option.selected = given.includes(option.value);
        }
      } else {
        changed = changed || field.value !== given[0];
        field.value = given[0];
      }
    }
    if (changed) {
      const note = document.createElement("p");
      note.className = "cm-draft-note";
      note.setAttribute("role", "status");
      note.textContent = words("draft");
      form.querySelector(".cm-fields").before(note);
    }
  }

  function ready(root) {
    const form = root.querySelector("form.cm-dialog-form");
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "1";
    restoreDraft(form);
    form.addEventListener("input", () => sessionStorage.setItem(keyOf(form), JSON.stringify(typed(form))));
    const first = form.querySelector("[data-autofocus]") || form.querySelector(
      ".cm-fields :is(input:not([type=hidden]), select, textarea)") || form.querySelector(".cm-submit");
    // A stop of a tour is read before anything is typed.
    if (first && !document.activeElement.closest(".cm-tour")) first.focus();
    form.dispatchEvent(new CustomEvent("cm:ready", { bubbles: true }));
  }

  function show(url, link) {
    fetch(url, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((response) => (response.ok && !response.redirected ? response.text() : Promise.reject(response)))
      .then((html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html");
        if (!parsed.getElementById("dialog")) return Promise.reject(html);
        closePlaces();
        const place = placeFor(parsed, link);
        const frame = place || sheet();
        frame.replaceChildren(...parsed.body.childNodes);
        if (!place && !frame.open) frame.showModal();
        ready(frame);
        const wanted = document.getElementById(new URL(url, window.location).hash.slice(1));
        if (wanted && frame.contains(wanted)) wanted.focus();
      })
      .catch(() => {
        const open = document.getElementById("cm-sheet");
        if (open && open.open) open.close();
        window.location.assign(url);
      });
  }

  // Something else than the form came back: say so above it, and leave what was typed where it is.
  function complain(form, text) {
    let alert = form.querySelector(".cm-alert");
    if (!alert) {
      alert = document.createElement("div");
      alert.className = "cm-alert";
      alert.tabIndex = -1;
      form.querySelector(".cm-fields").before(alert);
    }
    alert.setAttribute("role", "alert");
    alert.textContent = text || words("failed");
    alert.focus();
    form.querySelector(".cm-submit").removeAttribute("aria-disabled");
  }

  function send(form, submitter) {
    const body = new FormData(form, submitter);
    form.querySelector(".cm-submit").setAttribute("aria-disabled", "true");
    fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((response) => {
        const led = response.headers.get("HX-Redirect");
        if (led) {
          sessionStorage.removeItem(keyOf(form));
          const target = new URL(led, window.location);
          if (target.pathname === window.location.pathname && !target.search) window.location.reload();
          else window.location.assign(target);
          return null;
        }
        if (response.redirected) return Promise.reject(response);
        return response.text();
      })
      .then((html) => {
        if (html === null) return;
        const parsed = new DOMParser().parseFromString(html, "text/html");
        const answer = parsed.getElementById("dialog");
        if (answer) {
          const frame = frameOf(form) || sheet();
          frame.replaceChildren(answer);
          ready(frame);
          return;
        }
        const said = [...parsed.querySelectorAll("main h1, main p:not(.code)")].map((part) => part.textContent.trim());
        complain(form, said.slice(0, -1).join(" "));
      })
      .catch(() => complain(form, ""));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-sheet]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (!frameOf(link)) opener = link;
    show(link.href, link);
  });

  document.addEventListener("click", (event) => {
    const closing = event.target.closest && event.target.closest(".cm-in-place [data-close]");
    if (closing) closePlace(frameOf(closing));
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "logout-form") {
      for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
      return;
    }
    if (!form.matches("form.cm-dialog-form")) return;
    const submit = form.querySelector(".cm-submit");
    if (submit && submit.getAttribute("aria-disabled") === "true" && (!event.submitter || event.submitter === submit)) {
      event.preventDefault();
      return;
    }
    if (frameOf(form)) {
      event.preventDefault();
      send(form, event.submitter);
    } else if (submit) {
      submit.setAttribute("aria-disabled", "true");
    }
  });

  document.addEventListener("keydown", (event) => {
    const place = event.target.closest && event.target.closest(".cm-in-place");
    if (place && event.key === "Escape" && !event.isComposing) closePlace(place);
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const form = event.target.closest && event.target.closest("form.cm-dialog-form");
      if (form) form.requestSubmit(form.querySelector(".cm-submit"));
    }
  });

  document.addEventListener("DOMContentLoaded", () => ready(document));
})();
