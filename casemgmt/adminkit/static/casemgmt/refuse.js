// The draft of a refusal is kept on the server while one types, and when the page is left.
(function () {
  "use strict";

  const PAUSE = 2000;
  let timer = 0;
  let isDirty = false;

  function formOf() {
    return document.querySelector("form[data-refuse]");
  }

  function tell(form, isKept) {
    const status = form.querySelector("[data-refuse-status]");
    if (!status) return;
    status.textContent = isKept ? form.dataset.refuseKept : form.dataset.refuseNotKept;
    status.toggleAttribute("data-failed", !isKept);
  }

  function keep(form, isLeaving) {
    window.clearTimeout(timer);
    if (!isDirty) return Promise.resolve();
    isDirty = false;
    return fetch(form.getAttribute("action"), {
      method: "POST", body: new FormData(form), credentials: "same-origin", keepalive: isLeaving,
      headers: { "X-Requested-With": "draft" },
    })
      .then((response) => tell(form, response.status === 204))
      .catch(() => { isDirty = true; tell(form, false); });
  }

  function touched(event) {
    const form = formOf();
    if (!form || !form.contains(event.target)) return;
    isDirty = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => keep(form, false), PAUSE);
  }

  document.addEventListener("input", touched);
  document.addEventListener("change", (event) => {
    touched(event);
    const form = formOf();
    if (form && event.target.name === "ground") form.querySelector('button[name="to"][value="ground"]').click();
  });
  document.addEventListener("submit", (event) => { if (event.target === formOf()) isDirty = false; });
  window.addEventListener("pagehide", () => { const form = formOf(); if (form) keep(form, true); });
  document.addEventListener("visibilitychange", () => {
    const form = formOf();
    if (form && document.visibilityState === "hidden") keep(form, true);
  });

  // A reason leads to its step by way of keeping what is typed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-refuse-go]");
    const form = formOf();
    if (!link || !form) return;
    const button = form.querySelector(`button[name="to"][value="${link.dataset.refuseGo}"]`);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
