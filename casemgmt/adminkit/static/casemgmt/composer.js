// The composer: templates, the preview as the customer reads it, colleagues named with @, and "is this a letter?".
(function () {
  "use strict";

  const GAP = /\{\{[^{}]*\}\}/g;
  const inserted = new WeakMap();

  function formOf(node) {
    return node && node.closest ? node.closest("form[data-talk]") : null;
  }

  function listed(form, id) {
    const holder = form.querySelector(`#${id}`);
    return holder ? JSON.parse(holder.textContent) : [];
  }

  function wordsOf(form) {
    return form.elements.namedItem("words");
  }

  function write(field, text) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Templates and preview.
  function draw(form) {
    const box = form.querySelector("[data-talk-preview]");
    if (!box) return;
    const holder = box.closest(".cm-talk-preview");
    const isScript = form.dataset.talk === "call";
    const text = isScript ? (inserted.get(form) || "") : wordsOf(form).value;
    holder.hidden = isScript && !text;
    box.replaceChildren();
    let end = 0;
    const gaps = [];
    for (const match of text.matchAll(GAP)) {
      box.append(text.slice(end, match.index));
      const mark = document.createElement("mark");
      mark.className = "cm-gap";
      mark.textContent = `${match[0].slice(2, -2).trim()} · ${holder.dataset.gap}`;
      box.append(mark);
      gaps.push(match[0].slice(2, -2).trim());
      end = match.index + match[0].length;
    }
    box.append(text.slice(end) || (text ? "" : holder.dataset.empty));
    const told = form.querySelector("[data-talk-gaps]");
    const says = gaps.length ? `${holder.dataset.gaps} ${[...new Set(gaps)].join(", ")}` : "";
    if (told && told.textContent !== says) told.textContent = says;
    const next = form.querySelector("[data-talk-gap]");
    if (next) next.hidden = !gaps.length;
  }

  function offer(form) {
    const channel = form.elements.namedItem("channel");
    const select = form.elements.namedItem("template_id");
    if (!channel || !select) return;
    const fitting = new Set(listed(form, "cm-talk-templates")
      .filter((template) => template.channels.includes(channel.value)).map((template) => String(template.id)));
    for (const option of select.options) option.hidden = option.disabled = option.value !== "" && !fitting.has(option.value);
    const labels = JSON.parse(form.dataset.send || "{}")[channel.value];
    if (!labels) return;
    form.querySelector("[data-talk-channel]").textContent = labels[0];
    form.querySelector("[data-talk-send]").textContent = labels[1];
  }

  function choose(form, isSure) {
    const select = form.elements.namedItem("template_id");
    const template = listed(form, "cm-talk-templates").find((found) => String(found.id) === select.value);
    const ask = form.querySelector("[data-talk-replace]");
    if (ask) ask.hidden = true;
    if (!template) {
      inserted.delete(form);
      return draw(form);
    }
    const field = wordsOf(form);
    if (form.dataset.talk !== "call") {
      if (field.value.trim() && field.value !== inserted.get(form) && !isSure) {
        ask.hidden = false;
        return;
      }
      write(field, template.text);
    }
    inserted.set(form, template.text);
    for (const name of ["purpose", "apology"]) {
      const other = form.elements.namedItem(name);
      if (other && template[name]) other.value = template[name];
    }
    draw(form);
  }

  function goToGap(field) {
    const from = field.selectionEnd;
    const found = [...field.value.matchAll(GAP)];
    const next = found.find((match) => match.index >= from) || found[0];
    if (!next) return;
    field.focus();
    field.setSelectionRange(next.index, next.index + next[0].length);
  }

  function copy(button) {
    const form = formOf(button);
    const field = wordsOf(form);
    const told = form.querySelector("[data-talk-told]");
    const say = () => { told.textContent = button.dataset.done; };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(field.value).then(say, () => field.select());
    } else {
      field.select();
      if (document.execCommand("copy")) say();
    }
  }

  // A note that begins like a letter is asked about.
  function askAboutLetter(form) {
    const box = form.querySelector("[data-talk-letter]");
    if (!box || !form.dataset.letter) return;
    const isLetter = new RegExp(form.dataset.letter, "i").test(wordsOf(form).value);
    const tick = form.elements.namedItem("is_note");
    const hide = !isLetter || tick.checked;
    if (box.hidden !== hide && !(hide && box.contains(document.activeElement))) box.hidden = hide;
  }

  // Colleagues behind an @.
  function naming(field) {
    const before = field.value.slice(0, field.selectionStart);
    const found = before.match(/(?:^|[^A-Za-z0-9._%+-])[@＠]([^\s@＠]{0,20})$/);
    return found ? { typed: found[1].toLowerCase(), from: before.length - found[1].length } : null;
  }

  function close(form) {
    const list = form.querySelector("#cm-talk-names");
    if (!list) return;
    list.hidden = true;
    list.replaceChildren();
    wordsOf(form).removeAttribute("aria-activedescendant");
  }

  function suggest(form) {
    const list = form.querySelector("#cm-talk-names");
    if (!list) return;
    const field = wordsOf(form);
    const at = naming(field);
    const people = at ? listed(form, "cm-talk-people").filter((person) =>
      person.name.toLowerCase().includes(at.typed) || person.username.toLowerCase().startsWith(at.typed)).slice(0, 8) : [];
    if (!people.length) return close(form);
    list.replaceChildren(...people.map((person, number) => {
      const item = document.createElement("li");
      item.id = `cm-talk-name-${number}`;
      item.setAttribute("role", "option");
      item.dataset.writes = person.writes;
      const name = document.createElement("strong");
      name.textContent = person.name;
      const rest = document.createElement("span");
      rest.textContent = [person.username, person.team].filter(Boolean).join(" · ");
      item.append(name, " ", rest);
      return item;
    }));
    list.hidden = false;
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-autocomplete", "list");
    const told = form.querySelector("[data-talk-told]");
    told.textContent = told.dataset.found;
    mark(form, 0);
  }

  function mark(form, place) {
    const items = [...form.querySelectorAll("#cm-talk-names > li")];
    if (!items.length) return;
    const chosen = (place + items.length) % items.length;
    items.forEach((item, number) => item.setAttribute("aria-selected", number === chosen ? "true" : "false"));
    items[chosen].scrollIntoView({ block: "nearest" });
    wordsOf(form).setAttribute("aria-activedescendant", items[chosen].id);
  }

  function marked(form) {
    return [...form.querySelectorAll("#cm-talk-names > li")].findIndex((item) => item.getAttribute("aria-selected") === "true");
  }

  function take(form, item) {
    const field = wordsOf(form);
    const at = naming(field);
    if (!at || !item) return;
    const end = field.selectionStart;
    const text = `${field.value.slice(0, at.from)}${item.dataset.writes} ${field.value.slice(end)}`;
    const caret = at.from + item.dataset.writes.length + 1;
    write(field, text);
    field.setSelectionRange(caret, caret);
    field.focus();
    close(form);
  }

  // A draft may bring back a moment that was proposed earlier and is too near by now.
  function proposeAnew(form) {
    const again = form.elements.namedItem("call_again_at");
    const proposed = form.elements.namedItem("proposed");
    if (again && proposed && again.value && again.value < proposed.value) again.value = proposed.value;
  }

  function begin(form) {
    proposeAnew(form);
    offer(form);
    draw(form);
    askAboutLetter(form);
  }

  document.addEventListener("cm:ready", (event) => {
    const form = formOf(event.target);
    if (form) begin(form);
  });

  document.addEventListener("input", (event) => {
    const form = formOf(event.target);
    if (!form || event.target.name !== "words") return;
    draw(form);
    askAboutLetter(form);
    suggest(form);
  });

  document.addEventListener("change", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    if (event.target.name === "template_id") choose(form, false);
    if (event.target.name === "channel") offer(form);
    if (event.target.name === "is_note") askAboutLetter(form);
  });

  document.addEventListener("click", (event) => {
    const form = formOf(event.target);
    if (!form) return;
    const on = (selector) => event.target.closest(selector);
    if (on("[data-talk-replace] button")) choose(form, true);
    if (on("[data-talk-gap]")) goToGap(wordsOf(form));
    if (on("[data-talk-copy]")) copy(on("[data-talk-copy]"));
    const carrier = on("[data-talk-carry]");
    if (carrier) {
      sessionStorage.setItem(`cm-draft:${carrier.dataset.talkCarry}`, JSON.stringify({ words: [wordsOf(form).value] }));
      sessionStorage.removeItem(`cm-draft:${form.dataset.draft}`);
    }
  }, true);

  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest && event.target.closest("#cm-talk-names > li");
    if (!item) return;
    event.preventDefault();
    take(formOf(item), item);
  });

  document.addEventListener("keydown", (event) => {
    const form = formOf(event.target);
    const list = form && form.querySelector("#cm-talk-names");
    if (!list || list.hidden || event.target.name !== "words" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) mark(form, marked(form) + moves[event.key]);
    else if (event.key === "Enter" || event.key === "Tab") take(form, list.children[marked(form)]);
    else if (event.key === "Escape") close(form);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("cancel", (event) => {
    const list = event.target.querySelector && event.target.querySelector("#cm-talk-names");
    if (list && !list.hidden) event.preventDefault();
  }, true);
})();
