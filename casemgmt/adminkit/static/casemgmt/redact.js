// Areas drawn over a picture with the pointer; the field below holds them as numbers and works without this script.
(function () {
  "use strict";

  const WHOLE = 1000;
  let drawing = null;

  function fieldOf(figure) {
    return figure.closest("form").querySelector(figure.dataset.redact);
  }

  function areasOf(figure) {
    return fieldOf(figure).value.split(/[;\n]/).map((part) => part.trim()).filter((part) => /^\d+ \d+ \d+ \d+$/.test(part));
  }

  function show(figure) {
    const picture = figure.querySelector("[data-redact-picture]");
    picture.querySelectorAll(".cm-redact-area").forEach((area) => area.remove());
    const areas = areasOf(figure);
    areas.forEach((words) => picture.append(box(...words.split(" ").map(Number))));
    figure.querySelector("[data-redact-count]").textContent = areas.length ? String(areas.length) : "";
  }

  function box(left, top, width, height) {
    const area = document.createElement("div");
    area.className = "cm-redact-area";
    area.style.cssText = `left:${left / 10}%;top:${top / 10}%;width:${width / 10}%;height:${height / 10}%`;
    return area;
  }

  function at(picture, event) {
    const frame = picture.getBoundingClientRect();
    const share = (value, all) => Math.round(Math.min(1, Math.max(0, value / all)) * WHOLE);
    return [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
  }

  function drawn(event) {
    const [x, y] = at(drawing.picture, event);
    const left = Math.min(x, drawing.x);
    const top = Math.min(y, drawing.y);
    return [left, top, Math.max(x, drawing.x) - left, Math.max(y, drawing.y) - top];
  }

  document.addEventListener("pointerdown", (event) => {
    const picture = event.target.closest && event.target.closest("[data-redact-picture]");
    if (!picture || event.button) return;
    event.preventDefault();
    const [x, y] = at(picture, event);
    drawing = { picture, x, y, area: box(x, y, 0, 0) };
    picture.append(drawing.area);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    const [left, top, width, height] = drawn(event);
    drawing.area.style.cssText = `left:${left / 10}%;top:${top / 10}%;width:${width / 10}%;height:${height / 10}%`;
  });

  document.addEventListener("pointerup", (event) => {
    if (!drawing) return;
    const figure = drawing.picture.closest("[data-redact]");
    const area = drawn(event);
    drawing = null;
    if (area[2] > 4 && area[3] > 4) {
      const field = fieldOf(figure);
      field.value = [...areasOf(figure), area.join(" ")].join("; ");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    show(figure);
  });

  document.addEventListener("click", (event) => {
    const undo = event.target.closest && event.target.closest("[data-redact-undo]");
    if (!undo) return;
    const figure = undo.closest("[data-redact]");
    const field = fieldOf(figure);
    field.value = areasOf(figure).slice(0, -1).join("; ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show(figure);
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches || !event.target.matches("#id_areas")) return;
    const figure = event.target.closest("form").querySelector("[data-redact]");
    if (figure) show(figure);
  });
})();
