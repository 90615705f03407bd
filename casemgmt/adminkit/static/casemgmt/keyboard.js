// Single keys for who works here all day: off while typing, off in dialogs, and off for good when a person says so.
(function () {
  "use strict";

  const SWITCH = "cm-keys";
  const ROWS = "[data-row], .cm-entry, #result_list tbody tr, .cm-pile .cm-row";
  const DEEDS = { a: "assign", n: "note", r: "reply", c: "call", l: "log-call", t: "step", "[": "previous", "]": "next" };
  // Chinese punctuation comes from the same keys.
  const SAME = { "？": "?", "／": "/", "、": "/", "【": "[", "】": "]" };
  const PATIENCE = 1500;
  let place = -1;
  let goesUntil = 0;

  function words(name) {
    const holder = document.getElementById("cm-words");
    return (holder && holder.dataset[name]) || "";
  }

  function isOn() {
    return localStorage.getItem(SWITCH) !== "off";
  }

  function isShown(element) {
    return element.getClientRects().length > 0 && !element.closest("[hidden], [inert]");
  }

  function isTyping(event) {
    if (event.isComposing || event.keyCode === 229) return true;
    const at = event.target;
    // A closed dialog keeps the focus until the next frame; nobody types there.
    return Boolean(at && at.closest && isShown(at) && at.closest("input, textarea, select, [contenteditable]:not([contenteditable=false]), [role=combobox], [role=textbox]"));
  }

  function announce(text) {
    const status = document.getElementById("cm-status");
    if (!status) return;
    status.textContent = "";
    window.setTimeout(() => { status.textContent = text; }, 30);
  }

  function rows() {
    const main = document.getElementById("content") || document.body;
    const marked = [...main.querySelectorAll("[data-row]")].filter(isShown);
    return marked.length ? marked : [...main.querySelectorAll(ROWS)].filter(isShown);
  }

  function current() {
    const found = rows();
    const at = document.activeElement && found.findIndex((row) => row.contains(document.activeElement));
    return [found, at >= 0 ? at : place];
  }

  function move(step) {
    const [found, at] = current();
    if (!found.length) return announce(words("noRows"));
    place = Math.min(Math.max(at + step, 0), found.length - 1);
    const row = found[place];
    if (!row.hasAttribute("tabindex")) row.setAttribute("tabindex", "-1");
    row.classList.add("cm-row-at");
    row.focus({ preventScroll: true });
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    row.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
    announce(words("position").replace("{at}", place + 1).replace("{of}", found.length));
  }

  function open(event) {
    const [found, at] = current();
    const row = found[at];
    if (!row || !row.contains(document.activeElement)) return false;
    if (event.key === "Enter" && document.activeElement !== row) return false;
    const way = row.querySelector("[data-open]") || row.querySelector("a[href], summary");
    if (!way) return false;
    way.click();
    return true;
  }

  function act(name) {
    const deed = [...document.querySelectorAll(`[data-key-action~="${name}"]`)].find(isShown);
    if (!deed) return announce(words("noDeed"));
    deed.focus();
    return deed.click();
  }

  function search() {
    const box = document.querySelector("#searchbar");
    if (box && isShown(box)) {
      box.focus();
      box.select();
    } else document.dispatchEvent(new CustomEvent("cm:find"));
  }

  function sheet() {
    return document.getElementById("cm-keys");
  }

  function showSheet() {
    const dialog = sheet();
    if (!dialog || dialog.open) return;
    dialog.querySelector("#cm-keys-on").checked = isOn();
    dialog.showModal();
  }

  function go(key) {
    const way = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    if (way) window.location.assign(way.getAttribute("href"));
    else announce(words("noPlace"));
  }

  function press(event, key) {
    if (!isOn()) return false;
    if (key === "?") return showSheet();
    if (performance.now() < goesUntil) {
      goesUntil = 0;
      return go(key);
    }
    if (key === "g") goesUntil = performance.now() + PATIENCE;
    else if (key === "/") search();
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "o" || key === "Enter") return open(event);
    else if (Object.hasOwn(DEEDS, key)) act(DEEDS[key]);
    else return false;
    return undefined;
  }

  // In the capturing phase at the window, before the theme's own listeners for "/", Ctrl-K and Ctrl-E.
  window.addEventListener("keydown", (event) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (command && (event.key === "k" || event.key === "e")) {
      event.stopImmediatePropagation();
      if (event.key !== "k" || event.isComposing || document.querySelector("dialog[open]:not(#cm-palette)")) return;
      event.preventDefault();
      document.dispatchEvent(new CustomEvent("cm:find"));
      return;
    }
    const key = SAME[event.key] || event.key;
    const isLone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isLone || isTyping(event) || document.querySelector("dialog[open]")) {
      if (key === "/") event.stopImmediatePropagation();
      return;
    }
    if (key === "/") event.stopImmediatePropagation();
    if (press(event, key) !== false) event.preventDefault();
  }, true);

  document.addEventListener("focusout", (event) => {
    if (event.target.classList && event.target.classList.contains("cm-row-at")) event.target.classList.remove("cm-row-at");
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    if (event.target.closest("[data-show-keys]")) showSheet();
    const dialog = sheet();
    if (dialog && (event.target === dialog || event.target.closest("[data-close-keys]"))) dialog.close();
  });

  // The menu that opened the sheet is gone by now: its button takes the focus, unless a key moved it on already.
  document.addEventListener("close", (event) => {
    if (event.target !== sheet()) return;
    const at = document.activeElement;
    const opener = document.querySelector(".cm-user-button");
    if (opener && isShown(opener) && (at === document.body || event.target.contains(at))) opener.focus();
  }, true);

  document.addEventListener("change", (event) => {
    if (event.target.id !== "cm-keys-on") return;
    localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
    announce(words(event.target.checked ? "keysOn" : "keysOff"));
  });
})();
