// Looks through what was written beside the pages, where no server answers. Words stand
// in files by their first two signs, texts in files of some pages each; a file is fetched
// as a script that hands its value over, since a page from a disk may fetch nothing else.
"use strict";

// Names of its own, beside those of the other script.
{
const form = document.getElementById("Find");
const field = document.getElementById("Text");
const results = document.getElementById("Results");
const listed = [...results.childNodes];
const SIZE = 15;

const waiting = new Map();
const known = new Map();
/** Files call this with their name and value. */
globalThis.prode = (name, value) => waiting.get(name)?.(value);

const load = (name) => {
  if (!known.has(name)) {
    known.set(name, new Promise((resolve, reject) => {
      waiting.set(name, resolve);
      const script = document.createElement("script");
      script.src = `${form.dataset.root}search/${name}.js`;
      script.onerror = () => { known.delete(name); reject(new Error(name)); };
      document.head.append(script);
    }));
  }
  return known.get(name);
};

const words = (text) => text.normalize("NFKC").toLowerCase().match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
const stem = (word) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s|e)$/, "") : word);

/** The file that holds a word; the same as in the program that wrote it. */
const shard = (word) => {
  const code = word.codePointAt(0);
  if (code > 127) return `w-${(code % 256).toString(16).padStart(2, "0")}`;
  const next = word[1] ?? "-";
  return `w${word[0]}${next.charCodeAt(0) > 127 ? "-" : next}`;
};

/** How well a word of the pages is what was typed, from 0 to 1. */
const likeness = (typed, word) => {
  if (typed === word) return 1;
  if (stem(typed) === stem(word)) return 0.9;
  return word.startsWith(typed) && typed.length > 1 ? (0.6 * typed.length) / word.length : 0;
};

/** Pages by weight, from `<distance from the one before, base 36><weight, A to Z>`. */
const postings = (text) => {
  const found = [];
  let page = -1;
  for (const [, distance, weight] of text.matchAll(/([0-9a-z]*)([A-Z])/g)) {
    page += distance === "" ? 1 : parseInt(distance, 36);
    found.push([page, weight.charCodeAt(0) - 64]);
  }
  return found;
};

/** Pages that hold a word that was typed, with what it is worth there. */
const holding = async (typed, all) => {
  const name = shard(typed);
  const worth = new Map();
  if (!all.shards.includes(name)) return worth;
  for (const [word, text] of Object.entries(await load(name))) {
    const like = likeness(typed, word);
    if (like === 0) continue;
    const pages = postings(text);
    const rare = Math.log(1 + all.pages / pages.length);
    for (const [page, weight] of pages) {
      worth.set(page, Math.max(worth.get(page) ?? 0, like * rare * weight));
    }
  }
  return worth;
};

/** Pages that fit, the best first. */
const ask = async (text) => {
  const all = await load("all");
  const parts = text.trim().split(/\s+/);
  const without = parts.filter((it) => /^-\S/.test(it)).flatMap(words);
  const typed = [...new Set(parts.filter((it) => !it.startsWith("-")).flatMap(words))].slice(0, 30);
  const scores = new Map();
  for (const worth of await Promise.all(typed.map((word) => holding(word, all)))) {
    for (const [page, value] of worth) {
      const [sum, count] = scores.get(page) ?? [0, 0];
      scores.set(page, [sum + value, count + 1]);
    }
  }
  for (const worth of await Promise.all(without.map((word) => holding(word, all)))) {
    for (const page of worth.keys()) scores.delete(page);
  }
  const found = [...scores].map(([page, [sum, count]]) => [page, sum * (count / typed.length) ** 2]);
  found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return { typed, found: found.map(([page]) => page), size: all.chunk };
};

const make = (name, className, ...children) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

/** A text with the words set off that were looked for. */
const marked = (text, typed) =>
  text.split(/([\p{Alphabetic}\p{N}]+)/u).map((part, at) => {
    const is = at % 2 === 1 && typed.some((it) => likeness(it, part.normalize("NFKC").toLowerCase()) > 0);
    return is ? make("mark", "", part) : part;
  });

/** The section that holds most of what was typed. */
const best = (sections, typed) => {
  let found = [sections[0], -1];
  for (const section of sections) {
    const has = (text, word) => words(text).some((it) => likeness(word, it) > 0);
    const count = typed.reduce((sum, word) => sum + (has(section[1], word) ? 3 : 0) + (has(section[2], word) ? 2 : 0), 0);
    if (count > found[1]) found = [section, count];
  }
  return found[0] ?? ["", "", ""];
};

/** Some words around the first that was looked for. */
const around = (text, typed) => {
  const all = text.split(/\s+/);
  const at = all.findIndex((part) => words(part).some((it) => typed.some((word) => likeness(word, it) > 0)));
  const from = Math.max(0, at - 12);
  const cut = all.slice(from, from + 36).join(" ");
  return `${from > 0 ? "… " : ""}${cut}${all.length > from + 36 ? " …" : ""}`;
};

const hit = ([address, title, path, kind, status, sections], typed) => {
  const [anchor, heading, text] = best(sections, typed);
  const link = make("a", "", ...marked(title, typed));
  link.href = form.dataset.root + address + (anchor ? `#${encodeURIComponent(anchor)}` : "");
  const labels = make("p", "labels", make("span", "kind", kind));
  if (status !== "active") labels.append(make("span", "badge plain", status));
  labels.append(make("span", "path", path));
  const article = make("article", "", make("h2", "", link), labels);
  if (heading && heading !== title) article.append(make("p", "trail", ...marked(heading, typed)));
  if (text) article.append(make("p", "snippet", ...marked(around(text, typed), typed)));
  return make("li", "", article);
};

const hits = () => [...results.querySelectorAll("ol.hits h2 a")];

let turn = 0;
const show = async (text, shown = SIZE) => {
  const mine = ++turn;
  if (words(text).length === 0) {
    results.replaceChildren(...listed);
    return;
  }
  results.setAttribute("aria-busy", "true");
  try {
    const { typed, found, size } = await ask(text);
    const pages = found.slice(0, shown);
    const chunks = new Map();
    await Promise.all([...new Set(pages.map((it) => Math.floor(it / size)))].map(async (at) => chunks.set(at, await load(`p${at}`))));
    if (mine !== turn) return;
    const count = found.length === 1 ? "1 page holds" : `${found.length} pages hold`;
    const summary = make("p", "summary", found.length === 0 ? "Nothing in this memory fits. Try other words." : `${count} a word of the question; the best first.`);
    summary.setAttribute("role", "status");
    const list = make("ol", "hits", ...pages.map((it) => hit(chunks.get(Math.floor(it / size))[it % size], typed)));
    // Whoever went down to the hits already stays there when the last key's answer comes.
    const at = hits().indexOf(document.activeElement);
    results.replaceChildren(summary, list);
    if (at >= 0) (hits()[at] ?? field).focus();
    if (found.length > shown) {
      const more = make("button", "", "More");
      more.type = "button";
      more.addEventListener("click", () => show(text, shown + SIZE));
      results.append(more);
    }
  } catch {
    if (mine !== turn) return;
    results.replaceChildren(make("p", "note", "The search could not be loaded. All pages:"), ...listed);
  } finally {
    if (mine === turn) results.removeAttribute("aria-busy");
  }
};

const keep = () => {
  const text = field.value.trim();
  try {
    history.replaceState(null, "", text ? `?q=${encodeURIComponent(text)}` : location.pathname);
  } catch {
    // A page from a disk may not change its address.
  }
};

let later;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(later);
  show(field.value);
  keep();
});
field.addEventListener("input", () => {
  clearTimeout(later);
  later = setTimeout(() => {
    show(field.value);
    keep();
  }, 150);
});

// From the field down the hits and back.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const links = hits();
  const at = document.activeElement === field ? -1 : links.indexOf(document.activeElement);
  if (document.activeElement !== field && at === -1) return;
  const next = event.key === "ArrowDown" ? links[at + 1] : (links[at - 1] ?? field);
  if (next) {
    event.preventDefault();
    next.focus();
  }
});

const asked = new URLSearchParams(location.search).get("q");
if (asked) {
  field.value = asked.slice(0, 1000);
  show(field.value);
}
}
