// Says every half minute that this page is open, and whether somebody types; shows who else is here.
(function () {
  "use strict";

  const EVERY = 30000;
  let place = null;
  let typedAt = 0;
  let told = "";

  function state() {
    return Date.now() - typedAt < EVERY ? "writing" : "here";
  }

  function body(word) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", place.dataset.token);
    data.set("state", word);
    return data;
  }

  function show(people) {
    const text = people.join("\n");
    if (text === place.dataset.shown) return;
    place.dataset.shown = text;
    place.replaceChildren(...people.map((sentence) => {
      const line = document.createElement("span");
      line.className = "cm-here-person";
      line.textContent = sentence;
      return line;
    }));
    place.hidden = people.length === 0;
  }

  function speak() {
    if (document.hidden) return;
    told = state();
    fetch(place.dataset.here, { method: "POST", body: body(told), credentials: "same-origin" })
      .then((response) => (response.ok && !response.redirected ? response.json() : { people: [] }))
      .then((answer) => show(answer.people))
      .catch(() => show([]));
  }

  document.addEventListener("input", (event) => {
    if (!place || !event.target.closest || !event.target.closest("form[data-draft]")) return;
    typedAt = Date.now();
    if (told !== "writing") speak();
  });

  document.addEventListener("DOMContentLoaded", () => {
    place = document.querySelector("[data-here]");
    if (!place) return;
    speak();
    window.setInterval(speak, EVERY);
    document.addEventListener("visibilitychange", speak);
    window.addEventListener("pagehide", () => navigator.sendBeacon(place.dataset.here, body("gone")));
  });
})();
