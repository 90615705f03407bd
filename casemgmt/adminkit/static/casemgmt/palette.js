// The palette: a combobox over what the page offers, where the menu leads, and what the server finds.
(function () {
  "use strict";

  const DELAY = 180;
  const SHOWN_OF_A_GROUP = 6;
  const OFFERED = ".cm-offers a, .cm-next .cm-primary, .cm-composers a, .cm-composers button, .cm-header a.cm-button, .cm-deed-buttons a";
  let standing = null;
  let found = [];
  let chosen = -1;
  let hasMoved = false;
  let asked = 0;
  let timer = 0;

  function words(name) {
    const holder = document.getElementById("cm-words");
    return (holder && holder.dataset[name]) || "";
  }

  function parts() {
    const dialog = document.getElementById("cm-palette");
    return dialog && {
      dialog,
      input: dialog.querySelector("[role=combobox]"),
      list: dialog.querySelector("[role=listbox]"),
      status: dialog.querySelector("[role=status]"),
    };
  }

  function textOf(element) {
    const copy = element.cloneNode(true);
    for (const part of copy.querySelectorAll(".material-symbols-outlined, .cm-hint, kbd")) part.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function offeredHere() {
    const seen = new Set();
    const rows = [];
    for (const element of document.querySelectorAll(OFFERED)) {
      const label = element.dataset.label || textOf(element) || element.getAttribute("aria-label") || "";
      if (!label || seen.has(label) || element.getAttribute("aria-disabled") === "true") continue;
      seen.add(label);
      rows.push({ label, note: "", icon: "play_arrow", element });
    }
    return { title: words("onThisPage"), rows };
  }

  function places() {
    const rows = [...document.querySelectorAll("#nav-sidebar-apps a[href]")].map((link) => {
      const label = link.querySelector("span:not(.material-symbols-outlined)") || link;
      return { label: label.textContent.trim(), note: "", icon: "arrow_forward", url: link.href };
    });
    return { title: words("places"), rows };
  }

  function fits(row, text) {
    const said = `${row.label} ${row.note} ${row.also || ""}`.toLowerCase();
    return text.toLowerCase().split(/\s+/).every((word) => said.includes(word));
  }

  function ask(text) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ q: text });
    return fetch(parts().dialog.dataset.url, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token ? token.value : "", "HX-Request": "true" },
      credentials: "same-origin",
    }).then((response) => {
      if (response.redirected) window.location.reload();
      return response.ok ? response.json() : Promise.reject(response);
    }).then((answer) => answer.groups);
  }

  function narrowed(text) {
    const groups = [offeredHere(), ...(standing || []), places()];
    const named = new Set();
    return groups.map((group) => ({
      title: group.title,
      rows: group.rows.filter((row) => {
        const isNew = !named.has(row.label) && (!text || fits(row, text));
        if (isNew) named.add(row.label);
        return isNew;
      }).slice(0, SHOWN_OF_A_GROUP),
    })).filter((group) => group.rows.length);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function draw(groups) {
    const { list, input } = parts();
    const before = hasMoved && found[chosen] ? found[chosen].row.label : null;
    found = [];
    list.replaceChildren(...groups.map((group, number) => {
      const box = element("div", "cm-found-group");
      const title = element("p", "cm-found-title", group.title);
      title.id = `cm-found-title-${number}`;
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", title.id);
      box.append(title, ...group.rows.map((row) => {
        const option = element("div", "cm-found");
        option.id = `cm-found-${found.length}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.number = found.length;
        const icon = element("span", "material-symbols-outlined", row.icon);
        icon.setAttribute("aria-hidden", "true");
        const label = element("span", "cm-found-label", row.label);
        option.append(icon, label);
        if (row.note) option.append(element("span", "cm-found-note", row.note));
        found.push({ row, option });
        return option;
      }));
      return box;
    }));
    input.setAttribute("aria-expanded", found.length ? "true" : "false");
    // Who has moved already stays where they are when more arrives.
    const again = before === null ? -1 : found.findIndex((entry) => entry.row.label === before);
    choose(found.length ? Math.max(again, 0) : -1);
  }

  function choose(number) {
    const { input } = parts();
    if (found[chosen]) found[chosen].option.setAttribute("aria-selected", "false");
    chosen = number;
    if (!found[chosen]) {
      chosen = -1;
      input.removeAttribute("aria-activedescendant");
      return;
    }
    const { option } = found[chosen];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function say(text) {
    parts().status.textContent = text;
  }

  function look() {
    const { input } = parts();
    const text = input.value.trim();
    const mine = ++asked;
    const here = narrowed(text);
    draw(here);
    say("");
    if (!text) return;
    ask(text).then((groups) => {
      if (mine !== asked) return;
      draw([...groups.filter((group) => group.rows.length), ...here]);
      say(found.length ? words("found").replace("{n}", found.length) : words("nothing"));
    }).catch(() => { if (mine === asked) say(words("unreachable")); });
  }

  function follow(number, isNewTab) {
    const entry = found[number];
    if (!entry) return;
    const { row } = entry;
    if (row.url && isNewTab) {
      window.open(row.url, "_blank", "noopener");
      return;
    }
    parts().dialog.close();
    if (row.element) row.element.click();
    else window.location.assign(row.url);
  }

  function show() {
    const it = parts();
    if (!it || it.dialog.open) return;
    it.input.value = "";
    hasMoved = false;
    it.dialog.showModal();
    it.input.focus();
    look();
    if (standing === null) {
      ask("").then((groups) => {
        standing = groups;
        if (it.dialog.open && !it.input.value.trim()) look();
      }).catch(() => say(words("unreachable")));
    }
  }

  document.addEventListener("cm:find", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    if (event.target.closest("[data-find]")) show();
    const it = parts();
    if (!it || !it.dialog.open) return;
    const option = event.target.closest(".cm-found");
    if (option) follow(Number(option.dataset.number), event.ctrlKey || event.metaKey);
    else if (event.target === it.dialog || event.target.closest("[data-close-palette]")) it.dialog.close();
  });
  document.addEventListener("input", (event) => {
    const it = parts();
    if (!it || event.target !== it.input) return;
    window.clearTimeout(timer);
    asked += 1;
    hasMoved = false;
    timer = window.setTimeout(look, DELAY);
  });
  document.addEventListener("keydown", (event) => {
    const it = parts();
    if (!it || event.target !== it.input || event.isComposing || event.keyCode === 229) return;
    const last = found.length - 1;
    if (event.key === "ArrowDown") choose(chosen >= last ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen <= 0 ? last : chosen - 1);
    else if (event.key === "PageDown") choose(Math.min(chosen + 6, last));
    else if (event.key === "PageUp") choose(Math.max(chosen - 6, 0));
    else if (event.key === "Enter") follow(chosen, event.ctrlKey || event.metaKey);
    else return;
    hasMoved = true;
    event.preventDefault();
  });
})();
