// What pages do better with a script; all of them work without.
"use strict";

// Commands are copied with one press.
for (const block of document.querySelectorAll(".code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    const text = block.querySelector("code").textContent.replace(/\n$/, "");
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      getSelection().selectAllChildren(block.querySelector("code"));
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  });
  block.append(button);
}

// A slash leads to the search, as on forges.
const field = document.getElementById("Text") ?? document.getElementById("Q");
document.addEventListener("keydown", (event) => {
  const at = event.target;
  const types = at instanceof HTMLElement && (at.matches("input, select, textarea") || at.isContentEditable);
  if (event.key === "/" && !types && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field?.focus();
    field?.select();
  }
});

// Earlier states of a page, one stop for each day on which it changed; the last is now.
for (const form of document.querySelectorAll(".asof[data-days]")) {
  const days = form.dataset.days.split(" ");
  const asked = new URLSearchParams(location.search).get("as-of");
  const slider = document.createElement("input");
  const told = document.createElement("output");
  Object.assign(slider, { type: "range", min: 0, max: days.length, step: 1, className: "slide" });
  slider.setAttribute("aria-label", "Earlier states of this page");
  slider.value = asked ? Math.max(0, days.filter((day) => day <= asked.slice(0, 10)).length - 1) : days.length;
  const tell = () => {
    const at = Number(slider.value);
    told.textContent = at === days.length ? "as it is now" : `as of ${days[at]}, ${at + 1} of ${days.length}`;
    slider.setAttribute("aria-valuetext", told.textContent);
  };
  let going;
  slider.addEventListener("input", () => {
    tell();
    clearTimeout(going);
    const day = days[Number(slider.value)];
    going = setTimeout(() => {
      sessionStorage.setItem("slid", location.pathname);
      location.assign(day ? `${form.getAttribute("action")}?as-of=${day}` : form.getAttribute("action"));
    }, 600);
  });
  tell();
  form.prepend(slider, told);
  // Whoever slides goes on sliding: the next state has the slider where this one had it.
  if (sessionStorage.getItem("slid") === location.pathname) slider.focus();
  sessionStorage.removeItem("slid");
}

// Results come as they are asked for, a moment after the last key.
const form = document.getElementById("Ask");
const results = document.getElementById("Results");
if (form && results) {
  let waiting, asking;
  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
    const address = `${form.getAttribute("action")}?${given}`;
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${address}&part=1`, { signal: asking.signal });
      if (!answer.ok) return;
      results.innerHTML = await answer.text();
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name === "AbortError") return;
    }
    results.removeAttribute("aria-busy");
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
}
