// The bell: the panel opens over the page, and the count is looked up every minute while somebody looks.
(function () {
  "use strict";

  const EVERY = 60000;
  let panel = null;

  function bell() {
    return document.querySelector("a[data-bell]");
  }

  function close(withFocus) {
    if (!panel) return;
    panel.remove();
    panel = null;
    const link = bell();
    if (link) {
      link.setAttribute("aria-expanded", "false");
      if (withFocus) link.focus();
    }
  }

  function place(link) {
    const box = link.getBoundingClientRect();
    panel.style.top = `${Math.round(box.bottom + 6)}px`;
    panel.style.right = `${Math.max(8, Math.round(document.documentElement.clientWidth - box.right))}px`;
  }

  function open(link) {
    fetch(link.dataset.bell, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
      .then((response) => (response.ok && !response.redirected ? response.text() : Promise.reject(response)))
      .then((html) => {
        close(false);
        panel = document.createElement("div");
        panel.id = "cm-bell-panel";
        panel.className = "cm-bell-panel";
        panel.setAttribute("role", "dialog");
        panel.setAttribute("aria-labelledby", "cm-told-title");
        panel.append(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
        link.after(panel);
        link.setAttribute("aria-expanded", "true");
        place(link);
        panel.querySelector("#cm-told-title").focus();
      })
      .catch(() => window.location.assign(link.href));
  }

  function show(count, words) {
    const link = bell();
    if (!link) return;
    const badge = link.querySelector("[data-bell-count]");
    const text = link.querySelector("[data-bell-words]");
    badge.hidden = !count;
    badge.textContent = count > 99 ? "99+" : String(count);
    if (text.textContent === words) return;
    const isMore = count > Number(link.dataset.known || 0);
    text.textContent = words;
    const status = document.getElementById("cm-status");
    if (isMore && status) status.textContent = words;
    link.dataset.known = String(count);
  }

  function look() {
    const link = bell();
    if (!link || document.hidden) return;
    fetch(link.dataset.count, { credentials: "same-origin" })
      .then((response) => (response.ok && !response.redirected ? response.json() : Promise.reject(response)))
      .then((told) => show(told.count, told.words))
      .catch(() => {});
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-bell]");
    if (link) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (panel) close(true);
      else open(link);
    } else if (panel && !panel.contains(event.target)) {
      close(false);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && !document.querySelector("dialog[open]")) {
      event.stopPropagation();
      close(true);
    }
  }, true);

  document.addEventListener("focusin", (event) => {
    if (panel && !panel.contains(event.target) && event.target !== bell()) close(false);
  });

  document.addEventListener("DOMContentLoaded", () => {
    const link = bell();
    if (!link) return;
    link.setAttribute("aria-haspopup", "dialog");
    link.setAttribute("aria-expanded", "false");
    link.dataset.known = String(parseInt(link.querySelector("[data-bell-count]").textContent, 10) || 0);
    setInterval(look, EVERY);
  });
})();
