// First contentful paint and bytes of every kind of page, in headless Chromium on the
// loopback. usage: paint.mjs CHROMIUM PRODE REPOSITORY MODULES ROUNDS
// Prints a row for each page: its own bytes, those that go over the wire with style and
// script, the median and the worst of the paints. Exits with 1 where more than 100 kB go
// over the wire without pictures, or a page paints later than 200 ms at the median.
import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import path from "node:path";

const [program, prode, repository, modules, rounds] = process.argv.slice(2);
const require = createRequire(path.join(modules, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const BYTES = 100_000;
const MILLISECONDS = 200;

const ask = (...args) => JSON.parse(execFileSync(prode, ["--repo", repository, ...args, "--json"], { encoding: "utf8", maxBuffer: 1 << 30 }));
const { pages } = ask("list", "-n", "400");
// The page in the middle of a list, and the largest of it.
const middle = pages[Math.floor(pages.length / 2)].path;
const tree = execFileSync("git", ["-C", repository, "-c", "core.quotePath=false", "ls-tree", "-r", "-l", "HEAD"], { encoding: "utf8", maxBuffer: 1 << 30 });
const sizes = new Map(tree.trim().split("\n").map((line) => [line.split("\t")[1], Number(line.split(/\s+/)[3])]));
const largest = pages.map((page) => page.path).reduce((most, it) => (sizes.get(it) > sizes.get(most) ? it : most));
const at = (of) => encodeURI(of).replaceAll("?", "%3F").replaceAll("#", "%23");
const addresses = {
  home: "/",
  catalogue: "/search",
  search: "/search?q=queue+is+full",
  page: `/wiki/${at(middle)}`,
  "large page": `/wiki/${at(largest)}`,
  history: `/wiki/${at(middle)}/history`,
  "large page's history": `/wiki/${at(largest)}/history`,
  blame: `/wiki/${at(middle)}/blame`,
  "large page's blame": `/wiki/${at(largest)}/blame`,
  decisions: "/adr",
  skills: "/skills",
  around: `/graph?page=${encodeURIComponent(middle)}`,
  graph: "/graph",
  inbox: "/inbox",
  audit: "/audit",
  runs: "/runs",
};

const server = spawn(prode, ["--repo", repository, "--config", "serve.rate=1000000", "serve", "--addr", "127.0.0.1:0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
const [line] = await new Promise((resolve) => createInterface({ input: server.stdout }).once("line", (line) => resolve([line])));
// However this ends, the server does not outlive it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
process.on("exit", () => server.kill());
const base = JSON.parse(line).web.replace(/\/$/, "");
const browser = await chromium.launch({ executablePath: program, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
let failed = 0;
console.log(`| page | kB | over the wire, with style and script | first paint, median ms | worst ms |\n|---|---|---|---|---|`);
for (const [name, address] of Object.entries(addresses)) {
  const paints = [];
  let own = 0, all = 0;
  for (let round = 0; round <= Number(rounds); round += 1) {
    // A context of its own has nothing in its cache: each is a first visit.
    const context = await browser.newContext();
    const page = await context.newPage();
    const answer = await page.goto(base + address, { waitUntil: "load" });
    if (answer.status() !== 200) throw new Error(`${address}: ${answer.status()}`);
    const told = await page.evaluate(async () => {
      const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
      while (painted() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
      const [document] = performance.getEntriesByType("navigation");
      const others = performance.getEntriesByType("resource").filter((it) => it.initiatorType !== "img");
      return { paint: painted(), own: document.decodedBodySize, wire: [document, ...others].reduce((sum, it) => sum + it.encodedBodySize, 0) };
    });
    // The first of all rounds wakes the browser.
    if (round > 0) paints.push(told.paint);
    [own, all] = [told.own, told.wire];
    await context.close();
    // The end of one visit is no part of the next.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  paints.sort((a, b) => a - b);
  const median = paints[Math.floor(paints.length / 2)];
  const holds = all <= BYTES && median <= MILLISECONDS;
  failed += holds ? 0 : 1;
  const kB = (bytes) => (bytes / 1000).toFixed(1);
  console.log(`| ${name} | ${kB(own)} | ${kB(all)} | ${median.toFixed(0)} | ${paints.at(-1).toFixed(0)} |${holds ? "" : " MISSED"}`);
}
await browser.close();
process.exit(failed === 0 ? 0 : 1);
