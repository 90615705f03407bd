// What stands in a text to a customer is asked of the server when typing pauses, and shown under the text.
(function () {
  "use strict";

  const PAUSE = 450;
  const waiting = new WeakMap();
  const asking = new WeakMap();

  function panelOf(field) {
    const holder = field.closest(".cm-field") || field.parentElement;
    let panel = holder.querySelector(".cm-wording");
    if (!panel) {
      panel = document.createElement("div");
      panel.className = "cm-wording";
      panel.id = `wording-${field.id}`;
      panel.setAttribute("role", "status");
      panel.setAttribute("aria-live", "polite");
      field.after(panel);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") || ""} ${panel.id}`.trim());
    }
    return panel;
  }

  function bodyOf(field) {
    const form = field.form;
    const data = new FormData();
    const channel = form.elements.namedItem("channel");
    data.set("csrfmiddlewaretoken", form.elements.namedItem("csrfmiddlewaretoken").value);
    data.set("words", field.value);
    data.set("channel", channel ? channel.value : (field.dataset.wordingChannel || ""));
    data.set("plan", field.dataset.wordingPlan || "");
    return data;
  }

  function check(field) {
    const panel = panelOf(field);
    const earlier = asking.get(field);
    if (earlier) earlier.abort();
    if (!field.value.trim()) return panel.replaceChildren();
    const control = new AbortController();
    asking.set(field, control);
    fetch(field.dataset.wording, {
      method: "POST", body: bodyOf(field), credentials: "same-origin", signal: control.signal,
    })
      .then((response) => (response.ok && !response.redirected ? response.text() : ""))
      .then((html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html");
        panel.replaceChildren(...parsed.body.childNodes);
      })
      .catch(() => {});
  }

  function soon(field) {
    window.clearTimeout(waiting.get(field));
    waiting.set(field, window.setTimeout(() => check(field), PAUSE));
  }

  function fieldsOf(form) {
    return form.querySelectorAll("textarea[data-wording]");
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches && event.target.matches("textarea[data-wording]")) soon(event.target);
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && event.target.name === "channel") for (const field of fieldsOf(form)) soon(field);
  });

  document.addEventListener("cm:ready", (event) => {
    if (!event.target.querySelectorAll) return;
    for (const field of fieldsOf(event.target)) if (field.value.trim()) check(field);
  });

  function fieldOf(part) {
    const holder = part.closest(".cm-field") || part.closest(".cm-wording").parentElement;
    return holder.querySelector("textarea[data-wording]");
  }

  document.addEventListener("click", (event) => {
    const at = event.target.closest && event.target.closest("[data-wording-at]");
    if (at) {
      const field = fieldOf(at);
      field.focus();
      field.setSelectionRange(...at.dataset.wordingAt.split(":").map(Number));
    }
    const ask = event.target.closest && event.target.closest("[data-wording-ask]");
    if (ask) {
      const field = fieldOf(ask);
      const channel = field.form.elements.namedItem("channel");
      const carried = { words: [field.value] };
      if (channel) carried.channel = [channel.value];
      sessionStorage.setItem(`cm-draft:${ask.dataset.wordingAsk}`, JSON.stringify(carried));
    }
  }, true);
})();
