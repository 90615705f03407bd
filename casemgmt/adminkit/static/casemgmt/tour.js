// The stop of a tour marks what it speaks of, and the inbox of decisions comes back to where it was left.
(function () {
  "use strict";

  const PLACE = "cm-inbox-place";

  function markTarget() {
    const callout = document.querySelector(".cm-tour");
    if (!callout) return;
    const selector = callout.dataset.tourTarget;
    const target = selector ? document.querySelector(selector) : null;
    if (target) {
      target.classList.add("cm-tour-marked");
      target.scrollIntoView({ block: "center", behavior: "auto" });
    }
    const title = document.getElementById("cm-tour-title");
    if (title) title.focus({ preventScroll: true });
  }

  function comeBack() {
    if (!document.querySelector(".cm-inbox")) return;
    const kept = JSON.parse(sessionStorage.getItem(PLACE) || "null");
    sessionStorage.removeItem(PLACE);
    if (kept && kept.path === window.location.pathname) window.scrollTo(0, kept.top);
    document.addEventListener("click", (event) => {
      if (event.target.closest && event.target.closest(".cm-request a[data-sheet]")) {
        sessionStorage.setItem(PLACE, JSON.stringify({ path: window.location.pathname, top: window.scrollY }));
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    const callout = document.querySelector(".cm-tour");
    if (event.key === "Escape" && callout && callout.contains(document.activeElement)) {
      callout.querySelector("[value=leave]").click();
    }
  });
  document.addEventListener("DOMContentLoaded", () => { markTarget(); comeBack(); });
})();
