// The page of a call: one step after the other, the clock of the talk, and what was noted, shown on the folded step.
(() => {
  "use strict";

  const GIST = 60;

  function stepsOf(form) {
    return [...form.querySelectorAll("[data-call-step]")];
  }

  function tickOf(step) {
    return step.querySelector("input[type=checkbox]");
  }

  function mark(step) {
    const note = step.querySelector("textarea").value.trim();
    step.classList.toggle("cm-talk-step-done", tickOf(step).checked);
    step.querySelector("[data-call-gist]").textContent = note.length > GIST ? `${note.slice(0, GIST)}…` : note;
  }

  function goOn(form, step) {
    const steps = stepsOf(form);
    const next = steps[steps.indexOf(step) + 1];
    tickOf(step).checked = true;
    tickOf(step).dispatchEvent(new Event("input", { bubbles: true }));
    step.querySelector("details").open = false;
    if (!next) {
      form.querySelector("[name=words]").focus();
      return;
    }
    next.querySelector("details").open = true;
    next.querySelector("textarea").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  function tell(clock) {
    const seconds = Math.max(0, Math.floor((Date.now() - new Date(clock.dataset.callSince)) / 1000));
    const shown = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, "0"));
    clock.textContent = shown.join(":");
  }

  function ready(form) {
    for (const step of stepsOf(form)) {
      step.querySelector("[data-call-next]").hidden = false;
      mark(step);
    }
    const first = stepsOf(form).find((step) => !tickOf(step).checked);
    const asked = form.querySelector(".cm-alert[role=alert]");
    if (first && !asked) for (const step of stepsOf(form)) step.querySelector("details").open = step === first;
  }

  // On a phone the plan stands folded above the talk; one tap shows it.
  function fold() {
    if (!window.matchMedia("(max-width: 767px)").matches) return;
    for (const plan of document.querySelectorAll("[data-call-fold]")) plan.open = false;
  }

  document.addEventListener("cm:ready", (event) => {
    if (!event.target.closest(".cm-call")) return;
    fold();
    if (event.target.matches("[data-call]")) ready(event.target);
  });

  document.addEventListener("input", (event) => {
    const step = event.target.closest && event.target.closest("[data-call-step]");
    if (step) mark(step);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("[data-call-next]");
    if (button) goOn(button.closest("form"), button.closest("[data-call-step]"));
  });

  setInterval(() => document.querySelectorAll("[data-call-since]").forEach(tell), 1000);
})();
