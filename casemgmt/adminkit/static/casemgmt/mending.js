// What the theme leaves to the pointer and the eye: names for icons, roles and keys for what is only clickable.
(function () {
  "use strict";

  const NAMES = { dock_to_right: "menu", close: "close", filter_list: "filters", more_horiz: "more" };

  function words(name) {
    const holder = document.getElementById("cm-words");
    return (holder && holder.dataset[name]) || "";
  }

  function nameOf(element) {
    const icon = element.matches(".material-symbols-outlined") ? element : element.querySelector(".material-symbols-outlined");
    return icon ? words(NAMES[icon.textContent.trim()]) : "";
  }

  // Only what opens something: a place that merely closes when one clicks elsewhere needs no key.
  function mendClickable(element) {
    const isNative = element.matches("button, input, select, textarea, summary, label, a[href]");
    if (isNative || element.hasAttribute("role") || element.querySelector("button, input, a[href]")) return;
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "0");
    const name = element.textContent.trim() && !element.matches(".material-symbols-outlined") ? "" : nameOf(element);
    if (name) element.setAttribute("aria-label", name);
  }

  function mend(root) {
    for (const icon of root.querySelectorAll(".material-symbols-outlined")) {
      if (!icon.hasAttribute("x-on:click")) icon.setAttribute("aria-hidden", "true");
    }
    for (const element of root.querySelectorAll("[x-on\\:click]")) mendClickable(element);
    for (const region of root.querySelectorAll(".simplebar-content-wrapper")) region.setAttribute("aria-label", words("scrolling"));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    const target = event.target;
    if (target.matches && target.matches("[role=button][tabindex]:not(button)")) {
      event.preventDefault();
      target.click();
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    mend(document);
    const content = document.getElementById("content");
    if (content && !document.querySelector("main, [role=main]")) {
      content.setAttribute("role", "main");
      content.setAttribute("tabindex", "-1");
    }
    // The theme's scroll bars arrive later and bring regions of their own.
    window.addEventListener("load", () => mend(document));
  });
})();
