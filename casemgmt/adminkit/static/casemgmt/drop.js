// Files: dropped or chosen, sent with a bar that shows how far, and pages that ask how far the worker is.
(function () {
  "use strict";

  const EVERY = 1500;
  const MEGABYTE = 1024 * 1024;

  function sizeOf(file) {
    return file.size < MEGABYTE ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / MEGABYTE).toFixed(1)} MB`;
  }

  // The server's words, with its own placeholders filled.
  function filled(words, values) {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function tell(field) {
    const zone = field.closest("[data-drop]");
    const told = zone.querySelector("[data-chosen-file]");
    const file = field.files[0];
    const words = zone.closest("[data-upload]").dataset.chosen;
    if (told) told.textContent = file ? filled(words, { name: file.name, size: sizeOf(file) }) : "";
  }

  function zoneOf(event) {
    return event.target.closest ? event.target.closest("[data-drop]") : null;
  }

  function carriesFiles(event) {
    return event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  }

  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event) || !document.querySelector("[data-drop]")) return;
    event.preventDefault(); // a file that misses the zone must not replace the page
    const zone = zoneOf(event);
    event.dataTransfer.dropEffect = zone ? "copy" : "none";
    if (zone) zone.classList.add("cm-drop-over");
  });

  document.addEventListener("dragleave", (event) => {
    const zone = zoneOf(event);
    if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("cm-drop-over");
  });

  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event) || !document.querySelector("[data-drop]")) return;
    event.preventDefault();
    const zone = zoneOf(event);
    if (!zone) return;
    zone.classList.remove("cm-drop-over");
    const field = zone.querySelector("input[type=file]");
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    field.files = one.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  // Taken before the theme's own listener, which looks for a text field that is not here.
  document.addEventListener("change", (event) => {
    if (!event.target.matches || !event.target.matches("[data-drop] input[type=file]")) return;
    event.stopPropagation();
    tell(event.target);
  }, true);

  function failed(form, words) {
    const sent = form.querySelector("[data-sent]");
    sent.textContent = words;
    form.querySelector(".cm-submit").removeAttribute("aria-disabled");
  }

  function answered(form, request, words) {
    const led = request.getResponseHeader("HX-Redirect");
    if (led) {
      window.location.assign(led);
      return;
    }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html").getElementById("dialog");
    if (!answer) {
      failed(form, words.failed);
      return;
    }
    form.closest("#dialog").replaceWith(answer);
    const alert = answer.querySelector("[data-autofocus]");
    if (alert) alert.focus();
  }

  function send(form, file, words) {
    const request = new XMLHttpRequest();
    const shown = form.querySelector("[data-progress]");
    const bar = shown.querySelector("progress");
    const sent = shown.querySelector("[data-sent]");
    let told = -1;
    shown.hidden = false;
    request.upload.addEventListener("progress", (event) => {
      const percent = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
      bar.value = percent;
      if (percent === 100) sent.textContent = words.reading;
      else if (Math.floor(percent / 25) > told) {
        told = Math.floor(percent / 25);
        sent.textContent = filled(words.sending, { percent: `${percent} %`, size: sizeOf(file) });
      }
    });
    request.addEventListener("load", () => answered(form, request, words));
    request.addEventListener("error", () => failed(form, words.failed));
    request.open("POST", form.action);
    request.setRequestHeader("HX-Request", "true");
    request.send(new FormData(form));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const zone = form.querySelector && form.querySelector("[data-upload]");
    const field = zone && zone.querySelector("input[type=file]");
    if (!zone || form.closest("dialog") || event.defaultPrevented || !field.files.length) return;
    event.preventDefault();
    send(form, field.files[0], zone.dataset);
  });

  // A running import: numbers every second or so, spoken at each quarter, and a fresh page at the end.
  function poll(block) {
    let quarter = -1;
    function ask() {
      fetch(block.dataset.poll, { credentials: "same-origin" })
        .then((response) => (response.ok ? response.json() : Promise.reject(response)))
        .then((told) => {
          if (!told.is_running) {
            window.location.reload();
            return;
          }
          block.querySelector("progress").value = told.percent;
          block.querySelector("[data-poll-words]").textContent = told.words;
          block.querySelector("[data-poll-remaining]").textContent = told.remaining;
          if (Math.floor(told.percent / 25) > quarter) {
            quarter = Math.floor(told.percent / 25);
            block.querySelector("[data-poll-said]").textContent = `${told.words} ${told.remaining}`;
          }
          window.setTimeout(ask, EVERY);
        })
        .catch(() => window.setTimeout(ask, 5 * EVERY));
    }
    window.setTimeout(ask, EVERY);
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-poll]").forEach(poll));
})();
