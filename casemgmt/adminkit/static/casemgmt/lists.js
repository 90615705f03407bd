// Lists that stay put: the same place and the row last opened after coming back; boxes above lists close by themselves.
(function () {
  "use strict";

  const PLACE = "cm-list-place:";
  const OPENED = "cm-list-opened:";

  function kept(storage, key, value) {
    try {
      if (value === undefined) return storage.getItem(key);
      storage.setItem(key, value);
    } catch {
      // A browser that keeps nothing shows the list from its top.
    }
    return null;
  }

  function scroller() {
    return document.getElementById("main") || document.scrollingElement;
  }

  function positions() {
    return JSON.stringify([scroller().scrollTop, window.scrollY]);
  }

  function stay() {
    const table = document.getElementById("result_list");
    if (!table) return;
    const here = location.pathname + location.search;
    const opened = kept(sessionStorage, OPENED + location.pathname);
    for (const row of table.querySelectorAll("[data-row]")) {
      const way = row.querySelector("[data-open]") || row.querySelector("th a[href], td a[href]");
      if (!way) continue;
      const target = new URL(way.href, location.href).pathname;
      if (opened === target) row.classList.add("cm-last-opened");
      way.addEventListener("click", () => {
        kept(sessionStorage, OPENED + location.pathname, target);
        kept(sessionStorage, PLACE + location.pathname, JSON.stringify([here, positions()]));
      });
    }
    window.addEventListener("pagehide", () => kept(sessionStorage, PLACE + location.pathname, JSON.stringify([here, positions()])));
    const [was, where] = JSON.parse(kept(sessionStorage, PLACE + location.pathname) || "[]");
    if (was !== here || location.hash) return;
    const [inside, outside] = JSON.parse(where);
    requestAnimationFrame(() => {
      scroller().scrollTop = inside;
      window.scrollTo(0, outside);
    });
  }

  function showOpenTab() {
    for (const tab of document.querySelectorAll(".cm-tabs > .cm-tab-active")) {
      const bar = tab.parentElement;
      bar.scrollLeft += tab.getBoundingClientRect().left - bar.getBoundingClientRect().left - (bar.clientWidth - tab.offsetWidth) / 2;
    }
  }

  function narrow(box) {
    const wanted = box.value.trim().toLocaleLowerCase();
    for (const option of box.parentElement.querySelectorAll(".cm-option")) {
      const isOn = option.querySelector("input").checked;
      option.hidden = !isOn && !option.textContent.toLocaleLowerCase().includes(wanted);
    }
  }

  function close(pop, withFocus) {
    pop.open = false;
    if (withFocus) pop.querySelector("summary").focus();
  }

  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-narrow]")) narrow(event.target);
  });

  document.addEventListener("keydown", (event) => {
    if (event.target.matches && event.target.matches("[data-narrow]") && event.key === "Enter") event.preventDefault();
    if (event.key !== "Escape") return;
    const pop = document.querySelector("[data-pop][open]");
    if (pop) close(pop, pop.contains(document.activeElement));
  });

  document.addEventListener("click", (event) => {
    for (const pop of document.querySelectorAll("[data-pop][open]")) {
      if (!pop.contains(event.target)) close(pop, false);
    }
  });

  document.addEventListener("DOMContentLoaded", stay);
  window.addEventListener("load", showOpenTab); // after the fonts: tabs are as wide as their words
})();
