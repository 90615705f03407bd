// The evidence room: several files at once, dropped, pasted or chosen, each sent by itself with a bar of its own.
// Without this script the form sends one file as every form does. Words come from the server.
(function () {
  "use strict";

  const MEGABYTE = 1024 * 1024;

  function filled(words, values) {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  function sizeOf(file) {
    return file.size < MEGABYTE ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / MEGABYTE).toFixed(1)} MB`;
  }

  // One key a file: sent again after a broken line it is added once.
  function freshKey() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  function reasonIn(text) {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const atFields = [...answer.querySelectorAll(".cm-error")].map((error) => error.textContent.trim());
    const onTop = [...answer.querySelectorAll(".cm-alert li")].map((line) => line.textContent.trim());
    return (atFields.length ? atFields : onTop).join(" ");
  }

  function room(form) {
    const words = form.dataset;
    const zone = form.querySelector("[data-evidence-zone]");
    const field = zone.querySelector("input[type=file]");
    const list = form.querySelector("[data-evidence-files]");
    const line = form.querySelector("[data-evidence-file]");
    const says = form.querySelector("[data-evidence-says]");
    const send = form.querySelector("button[type=submit]");
    let queue = [];
    let pasted = 0;
    let isSending = false;

    field.multiple = true;
    field.required = false;
    form.querySelector("[data-evidence-more]").hidden = false;

    function tell(item, state, text) {
      item.state = state;
      item.row.className = `cm-evidence-file-${state}`;
      item.row.querySelector(".cm-evidence-file-says").textContent = text;
    }

    function forget(item) {
      queue = queue.filter((other) => other !== item);
      item.row.remove();
      says.textContent = queue.length ? filled(words.ready, { n: queue.length }) : "";
      field.focus();
    }

    function add(file) {
      const row = line.content.firstElementChild.cloneNode(true);
      const item = { file, row, key: freshKey() };
      const remove = row.querySelector("button");
      row.querySelector(".cm-evidence-file-name").textContent = file.name;
      row.querySelector(".cm-evidence-file-size").textContent = sizeOf(file);
      row.querySelector("progress").setAttribute("aria-label", file.name);
      remove.setAttribute("aria-label", filled(words.remove, { name: file.name }));
      remove.addEventListener("click", () => forget(item));
      list.append(row);
      queue.push(item);
      if (file.size > Number(words.largest)) tell(item, "wrong", words.large);
      else if (file.size === 0) tell(item, "wrong", words.empty);
      else tell(item, "waiting", words.waiting);
    }

    function take(files) {
      if (isSending) return;
      queue.filter((item) => item.state === "done").forEach((item) => { item.row.remove(); });
      queue = queue.filter((item) => item.state !== "done");
      const room = Math.max(0, Number(words.most) - queue.length);
      [...files].slice(0, room).forEach(add);
      says.textContent = files.length > room ? words.many : filled(words.ready, { n: queue.length });
    }

    function body(item) {
      const data = new FormData(form);
      data.set("file", item.file, item.file.name);
      data.set("form_key", item.key);
      return data;
    }

    function sent(item) {
      return new Promise((finished) => {
        const request = new XMLHttpRequest();
        const bar = item.row.querySelector("progress");
        const failed = () => { tell(item, "wrong", words.failed); finished(false); };
        tell(item, "sending", filled(words.sending, { percent: "0 %" }));
        request.upload.addEventListener("progress", (event) => {
          const percent = event.lengthComputable ? Math.floor((100 * event.loaded) / event.total) : 0;
          bar.value = percent;
          tell(item, "sending", percent === 100 ? words.reading : filled(words.sending, { percent: `${percent} %` }));
        });
        request.addEventListener("load", () => {
          const led = request.getResponseHeader("HX-Redirect");
          if (!led) {
            tell(item, "wrong", reasonIn(request.responseText) || words.failed);
            item.key = freshKey();
            finished(false);
            return;
          }
          bar.value = 100;
          item.led = led;
          tell(item, "done", words.done);
          finished(true);
        });
        request.addEventListener("error", failed);
        request.addEventListener("abort", failed);
        request.open("POST", form.action);
        request.setRequestHeader("HX-Request", "true");
        request.send(body(item));
      });
    }

    async function sendAll() {
      isSending = true;
      send.disabled = true;
      const open = queue.filter((item) => item.state === "waiting" || (item.state === "wrong" && item.file.size && item.file.size <= Number(words.largest)));
      for (const item of open) await sent(item);
      isSending = false;
      send.disabled = false;
      const done = queue.filter((item) => item.state === "done");
      if (done.length && done.length === queue.length) {
        says.textContent = words.all;
        window.location.assign(done[done.length - 1].led);
        return;
      }
      says.textContent = filled(words.some, { done: done.length, failed: queue.length - done.length });
    }

    // Taken before the theme's own listener, which looks for a text field that is not here.
    field.addEventListener("change", (event) => {
      event.stopPropagation();
      take(field.files);
      field.value = "";
    }, true);

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (isSending) return;
      if (!queue.length) {
        field.click();
        return;
      }
      sendAll();
    });

    document.addEventListener("dragover", (event) => {
      if (!event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault(); // a file that misses the zone must not replace the page
      const over = zone.contains(event.target);
      event.dataTransfer.dropEffect = over ? "copy" : "none";
      zone.classList.toggle("cm-drop-over", over);
    });
    document.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) zone.classList.remove("cm-drop-over");
    });
    document.addEventListener("drop", (event) => {
      if (!event.dataTransfer || !event.dataTransfer.files.length) return;
      event.preventDefault();
      zone.classList.remove("cm-drop-over");
      if (zone.contains(event.target)) take(event.dataTransfer.files);
    });
    document.addEventListener("paste", (event) => {
      const files = event.clipboardData ? [...event.clipboardData.files] : [];
      if (!files.length || event.target.closest("textarea, dialog")) return;
      event.preventDefault();
      take(files.map((file) => {
        pasted += 1;
        const ending = file.name.includes(".") ? file.name.split(".").pop() : file.type.split("/").pop();
        return new File([file], `${words.pasted}-${pasted}.${ending}`, { type: file.type });
      }));
    });
    window.addEventListener("beforeunload", (event) => {
      if (isSending) event.preventDefault();
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-evidence-add]").forEach(room);
    if (window.location.hash === "#piece") {
      const piece = document.getElementById("piece");
      if (piece) piece.focus();
    }
  });
})();
