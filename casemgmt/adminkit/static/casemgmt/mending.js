// What the theme leaves to the pointer and the eye: names for icons, roles and keys for what is only clickable.
(function () {
  "use strict";

  const NAMES = {
    dock_to_right: "menu",
    close: "close",
    filter_list: "filters",
    more_horiz: "more",
    balance: "start",
    search: "search",
    computer: "appearance",
    light_mode: "appearance",
    dark_mode: "appearance",
  };

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

  // A link or button of nothing but icons is read by the name of the first that is shown.
  function nameIconAlone(element) {
    if (element.hasAttribute("aria-label") || element.querySelector("img[alt], input")) return;
    const icons = [...element.querySelectorAll(".material-symbols-outlined")];
    const rest = icons.reduce((text, icon) => text.replace(icon.textContent, ""), element.textContent);
    const icon = icons.find((one) => one.offsetParent !== null) || icons[0];
    const name = icon && !rest.trim() ? words(NAMES[icon.textContent.trim()]) : "";
    if (name) element.setAttribute("aria-label", name);
  }

  // The box that stands for a long choice is called like the choice that it hides.
  function nameChoice(select) {
    const box = select.nextElementSibling && select.nextElementSibling.querySelector("[role=combobox]");
    const label = select.labels && select.labels[0];
    if (!box || !label) return;
    for (const part of [box, box.querySelector("[role=textbox]")]) {
      if (part) part.setAttribute("aria-label", label.textContent.trim());
    }
  }

  function mend(root) {
    for (const select of root.querySelectorAll("select.select2-hidden-accessible")) nameChoice(select);
    for (const icon of root.querySelectorAll(".material-symbols-outlined")) {
      if (!icon.hasAttribute("x-on:click")) icon.setAttribute("aria-hidden", "true");
    }
    for (const element of root.querySelectorAll("[x-on\\:click]")) mendClickable(element);
    for (const element of root.querySelectorAll("a, button")) nameIconAlone(element);
    for (const region of root.querySelectorAll(".simplebar-content-wrapper")) {
      region.setAttribute("aria-label", words(region.closest("nav") ? "menu" : "scrolling"));
    }
    const sidebar = document.getElementById("nav-sidebar-inner");
    if (sidebar) sidebar.setAttribute("aria-label", words("menu"));
    for (const pages of root.querySelectorAll(".cm-pagination")) {
      pages.setAttribute("role", "navigation");
      pages.setAttribute("aria-label", words("pages"));
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    const target = event.target;
    if (target.matches && target.matches("[role=button][tabindex]:not(button)")) {
      event.preventDefault();
      target.click();
    }
  });

  // What was done is told on the next page; a region that is filled later is read aloud, one that was there is not.
  function tellMessages() {
    const said = document.querySelector(".cm-messages");
    const status = document.getElementById("cm-status");
    const text = said ? said.textContent.replace(/\s+/g, " ").trim() : "";
    if (text && status) window.setTimeout(() => { status.textContent = text; }, 300);
  }

  document.addEventListener("DOMContentLoaded", () => {
    mend(document);
    tellMessages();
    const content = document.getElementById("content") || document.querySelector("body.login #page");
    if (content && !document.querySelector("main, [role=main]")) {
      content.setAttribute("role", "main");
      content.setAttribute("tabindex", "-1");
    }
    // The theme's scroll bars arrive later and bring regions of their own.
    window.addEventListener("load", () => mend(document));
  });
})();
