// What a record's page does by itself: clocks that go on, the number to copy, what was mended, kept drafts, printing.
(function () {
  "use strict";

  const MINUTE = 60000;
  const DRAFT = "cm-draft:";
  const MISSING = "cm-missing:";

  function say(text) {
    const status = document.getElementById("cm-status");
    if (status) status.textContent = text;
  }

  // The words come from the server with their places open; here they are filled as the server fills them.
  function fill(words, values) {
    return words.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  }

  function spanIn(words, milliseconds) {
    const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    const rest = minutes % 60;
    if (days >= 3 || (days && !hours)) return fill(words.d, { n: days });
    if (days) return fill(words.dh, { days: days, hours: hours });
    if (hours && rest) return fill(words.hm, { hours: hours, minutes: rest });
    if (hours) return fill(words.h, { n: hours });
    return fill(words.m, { n: rest });
  }

  function levelOf(milliseconds, soon) {
    if (milliseconds < 0) return "late";
    return milliseconds < soon ? "soon" : "later";
  }

  function startClocks() {
    const clocks = document.querySelector(".cm-clocks[data-words]");
    if (!clocks) return;
    const words = JSON.parse(clocks.dataset.words);
    const ahead = Date.now() - Date.parse(clocks.dataset.now);
    const soon = Number(clocks.dataset.soon) * 1000;
    window.setInterval(() => {
      for (const clock of clocks.querySelectorAll("[data-due]")) {
        const left = Date.parse(clock.dataset.due) - (Date.now() - ahead);
        const text = fill(left < 0 ? words.late : words.due, { span: spanIn(words, left) });
        clock.querySelector("[data-due-words]").textContent = text;
        const level = levelOf(left, soon);
        if (level !== clock.dataset.level) {
          clock.dataset.level = level;
          for (const name of ["late", "soon", "later"]) clock.classList.toggle(`cm-clock-${name}`, name === level);
          const due = clock.querySelector(".cm-due");
          due.className = `cm-due cm-due-${level}`;
          const mark = due.querySelector("svg");
          const drawn = document.querySelector(`template[data-mark="${level}"]`);
          if (mark && drawn) mark.replaceWith(drawn.content.cloneNode(true));
          say(`${clock.dataset.label} ${text}`);
        }
      }
    }, MINUTE);
  }

  function copyNumber(button) {
    const done = () => {
      button.classList.add("cm-copied");
      say(button.dataset.copied);
      window.setTimeout(() => button.classList.remove("cm-copied"), 2000);
    };
    if (navigator.clipboard) {
      navigator.clipboard.writeText(button.dataset.copy).then(done, () => {});
      return;
    }
    const field = document.createElement("input");
    field.value = button.dataset.copy;
    button.after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    done();
  }

  // What was missing when this step was looked at before, and is no more, stays for a while as ticked.
  function tickMended() {
    const list = document.querySelector("[data-missing-for]");
    const page = `${MISSING}${window.location.pathname}`;
    if (!list) {
      sessionStorage.removeItem(page);
      return;
    }
    const items = [...list.querySelectorAll("[data-code]")];
    const now = items.map((item) => ({ code: item.dataset.code, says: item.querySelector(".cm-check-label").textContent }));
    const kept = JSON.parse(sessionStorage.getItem(page) || "{}");
    const before = kept.step === list.dataset.missingFor ? kept.items : [];
    const mended = before.filter((item) => !now.some((other) => other.code === item.code));
    const drawn = list.querySelector("template");
    for (const item of mended) {
      const line = drawn.content.cloneNode(true);
      line.querySelector(".cm-check-label").textContent = item.says;
      list.querySelector(".cm-checklist").prepend(line);
    }
    sessionStorage.setItem(page, JSON.stringify({ step: list.dataset.missingFor, items: [...now, ...mended] }));
  }

  // A button that holds a draft says so. Drafts are named as the dialogs name them: model, row and action.
  function markDrafts() {
    for (const link of document.querySelectorAll(":is(a.cm-button, .cm-offers a)[data-sheet]")) {
      const place = new URL(link.href).pathname.match(/\/([a-z_]+)\/([a-z_]+)\/(\d+)\/do\/([\w-]+)\/$/);
      const holds = place && sessionStorage.getItem(`${DRAFT}${place[1]}.${place[2]}:${place[3]}:${place[4]}`) !== null;
      const mark = link.querySelector(".cm-draft-mark");
      if (holds && !mark) {
        const drawn = document.createElement("span");
        drawn.className = "cm-draft-mark";
        drawn.textContent = document.getElementById("cm-words").dataset.draftKept;
        link.append(drawn);
      }
      if (!holds && mark) mark.remove();
    }
  }

  // For paper everything is unfolded, and folded again afterwards.
  function unfold() {
    for (const folded of document.querySelectorAll(".cm-record details:not([open])")) {
      folded.dataset.folded = "1";
      folded.open = true;
    }
  }

  function fold() {
    for (const unfolded of document.querySelectorAll("details[data-folded]")) {
      unfolded.open = false;
      delete unfolded.dataset.folded;
    }
  }

  document.addEventListener("click", (event) => {
    const target = event.target.closest && event.target.closest("[data-copy], [data-print]");
    if (!target) return;
    if (target.dataset.copy) copyNumber(target);
    else window.print();
  });
  document.addEventListener("close", markDrafts, true);
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", fold);
  document.addEventListener("DOMContentLoaded", () => {
    startClocks();
    tickMended();
    markDrafts();
  });
})();
