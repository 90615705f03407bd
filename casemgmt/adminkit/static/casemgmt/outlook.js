// What a request for money would take is asked of the server when typing pauses, and shown above the fields.
(function () {
  "use strict";

  const PAUSE = 350;
  const FIELDS = ["amount", "kind", "legal_reference"];
  const waiting = new WeakMap();
  const asking = new WeakMap();

  function addressOf(panel, form) {
    const query = new URLSearchParams();
    for (const name of FIELDS) {
      const field = form.elements.namedItem(name);
      if (field && field.value) query.set(name, field.value.slice(0, 60));
    }
    if (panel.dataset.outlookGrant) query.set("grant", panel.dataset.outlookGrant);
    return `${panel.dataset.outlook}?${query}`;
  }

  function ask(panel, form) {
    const earlier = asking.get(panel);
    if (earlier) earlier.abort();
    const control = new AbortController();
    const isOpen = [...panel.querySelectorAll("details")].map((part) => part.open);
    asking.set(panel, control);
    fetch(addressOf(panel, form), { credentials: "same-origin", signal: control.signal })
      .then((response) => (response.ok && !response.redirected ? response.text() : null))
      .then((html) => {
        if (html === null) return;
        const parsed = new DOMParser().parseFromString(html, "text/html");
        panel.replaceChildren(...parsed.body.childNodes);
        panel.querySelectorAll("details").forEach((part, place) => { part.open = Boolean(isOpen[place]); });
      })
      .catch(() => {});
  }

  function changed(event) {
    const form = event.target.form;
    if (!form || !FIELDS.includes(event.target.name)) return;
    const panel = form.querySelector("[data-outlook]");
    if (!panel) return;
    window.clearTimeout(waiting.get(panel));
    waiting.set(panel, window.setTimeout(() => ask(panel, form), PAUSE));
  }

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("cm:ready", (event) => {
    if (!event.target.querySelectorAll) return;
    for (const panel of event.target.querySelectorAll("[data-outlook]")) {
      const form = panel.closest("form");
      const amount = form && form.elements.namedItem("amount");
      if (amount && amount.value) ask(panel, form);
    }
  });
})();
