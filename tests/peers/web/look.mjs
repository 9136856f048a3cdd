// Looks at the pages of a served memory as people meet them; one line each.
// usage: look.mjs CHROMIUM PRODE REPOSITORY FOLDER-FOR-SCREENSHOTS
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import os from "node:os";
import path from "node:path";
import { decides, forged, waiting } from "./deciding.mjs";
import { ATTACKS, hostile } from "./hostile.mjs";
import { aged, slides } from "./sliding.mjs";
import { triaged } from "./triaged.mjs";

const [program, prode, repository, folder] = process.argv.slice(2);
const require = createRequire(path.join(folder, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const only = process.env.ONLY;

/** Every kind of page of this repository's own memory. */
const PAGES = {
  home: "/",
  catalogue: "/search",
  search: "/search?q=token+rotation",
  filtered: "/search?q=server&kind=runbook",
  nothing: "/search?q=xylophone",
  guide: "/wiki/wiki/serving.md",
  runbook: "/wiki/wiki/runbooks/index-damaged.md",
  sop: "/wiki/wiki/sops/release.md",
  reference: "/wiki/wiki/dependencies.md",
  template: "/wiki/templates/sop.md",
  past: "/wiki/wiki/serving.md?rev=HEAD",
  history: "/wiki/wiki/serving.md/history",
  blame: "/wiki/wiki/serving.md/blame",
  decisions: "/adr",
  accepted: "/adr?status=accepted",
  decision: "/adr/56",
  skills: "/skills",
  skill: "/skills/prode-triage",
  graph: "/graph?kind=adr",
  inbox: "/inbox",
  audit: "/audit",
  auditpast: "/audit?trend=4",
  auditpart: "/audit?signal=overdue",
  norun: "/runs",
  around: "/graph?page=wiki%2Fserving.md",
  missing: "/wiki/wiki/servin.md",
  bad: "/?as-of=soon",
};

/** A server on a free port. */
async function serve(memory) {
  const child = spawn(prode, ["--repo", memory, "--config", "serve.rate=1000000", "serve", "--addr", "127.0.0.1:0", "--json"], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [line] = await new Promise((resolve) => lines.once("line", (line) => resolve([line])));
  return { child, base: JSON.parse(line).web.replace(/\/$/, "") };
}

/** A tab that writes down whatever should not be. */
async function tab(browser, base, wrong, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (line) => line.type() === "error" && !/status of 4\d\d/.test(line.text()) && wrong.push(`console: ${line.text()}`));
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(`${base}/`) || wrong.push(`request: ${request.url()}`));
  page.on("dialog", (dialog) => (wrong.push(`dialog: ${dialog.message()}`), dialog.dismiss()));
  return { context, page };
}

/** What is wrong with a page in one form; nothing is fine. */
async function look(browser, base, name, address, size, colours, media = "screen") {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: SIZES[size], colorScheme: colours });
  await page.emulateMedia({ media, colorScheme: colours });
  await page.goto(base + address);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) wrong.push(`it is ${wide} px wider than the window`);
  await page.screenshot({ path: path.join(folder, `${name}-${size}-${colours}${media === "print" ? "-print" : ""}.png`), fullPage: size === "desk" && name !== "blame" });
  await context.close();
  // What axe finds hangs on colours more than on widths: each of both is looked at once.
  if ((size === "phone") !== (colours === "dark")) return wrong;
  // The pages' own policy lets no other script in, and axe is one.
  const second = await tab(browser, base, wrong, { viewport: SIZES[size], colorScheme: colours, bypassCSP: true });
  await second.page.goto(base + address);
  await second.page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  await second.page.evaluate(axe);
  const { violations } = await second.page.evaluate(() => window.axe.run());
  for (const it of violations.filter((it) => ["serious", "critical"].includes(it.impact))) {
    wrong.push(`axe ${it.id}: ${it.nodes.length} × ${it.help}, such as ${it.nodes[0].html.slice(0, 160)}`);
  }
  await second.context.close();
  return wrong;
}

/** Without scripts: the page is there, and its form asks. */
async function plain(browser, base, address) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: SIZES.desk, javaScriptEnabled: false });
  await page.goto(base + address);
  if ((await page.locator("h1").count()) < 1) wrong.push("it has no heading");
  if ((await page.locator("main").innerText()).length < 20) wrong.push("it says nothing");
  await context.close();
  return wrong;
}

async function asks(browser, base, scripts) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: SIZES.desk, javaScriptEnabled: scripts });
  await page.goto(`${base}/search`);
  if (scripts) {
    await page.keyboard.press("/");
    await page.keyboard.type("rotate a token");
    await page.locator(".hits > li").first().waitFor();
    if (!page.url().includes("rotate")) wrong.push("the address does not say what was asked");
  } else {
    await page.locator("#Text").fill("rotate a token");
    await page.locator("#Ask button").click();
  }
  if ((await page.locator(".hits > li").count()) < 1) wrong.push("nothing was found");
  await page.locator(".hits a").first().click();
  await page.locator(".words").waitFor();
  if (scripts) {
    await page.locator(".code").first().hover();
    if ((await page.locator(".copy").count()) < 1) wrong.push("commands cannot be copied");
  }
  // By keyboard alone: the first stop leads past the head.
  await page.goto(base + PAGES.guide);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  if (!page.url().endsWith("#Main")) wrong.push("the first stop does not lead to the content");
  await context.close();
  return wrong;
}

/** Everything of a hostile memory, and nothing of it runs. */
async function attacked(browser, base, addresses) {
  const wrong = [];
  const tabs = [];
  await each(addresses, async (address) => {
    const { context, page } = tabs.pop() ?? (await attackable(browser, base, wrong));
    const answer = await page.goto(base + address);
    if (answer.status() === 429 || answer.status() >= 500) wrong.push(`${address}: ${answer.status()}`);
    await page.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
    const found = await page.evaluate(() => {
      // The head has one style, which the policy lets in by its digest: no other is shown.
      const ours = document.querySelector("head > style:only-of-type");
      const handler = (it) => [...it.attributes].some((one) => one.name.startsWith("on"));
      const bad = [...document.querySelectorAll("*")].filter((it) => handler(it) || ["IFRAME", "OBJECT", "EMBED", "STYLE", "BASE"].includes(it.tagName)).filter((it) => it !== ours);
      const scripts = [...document.scripts].filter((it) => !it.src.includes("/assets/page.js."));
      return [...bad, ...scripts].map((it) => it.outerHTML.slice(0, 80));
    });
    wrong.push(...found.map((it) => `${address}: ${it}`));
    tabs.push({ context, page });
  });
  for (const { context } of tabs) await context.close();
  return wrong;
}

/** A tab in which an attack that runs says so. */
async function attackable(browser, base, wrong) {
  const one = await tab(browser, base, wrong, { viewport: SIZES.desk });
  await one.page.addInitScript(() => (window.ran = () => console.error("an attack ran")));
  return one;
}

const counts = { ok: 0, FAILED: 0 };
function tell(name, wrong) {
  const word = wrong.length === 0 ? "ok" : "FAILED";
  counts[word] += 1;
  console.log(`${word} ${name}${[...new Set(wrong)].map((it) => `\n  ${it}`).join("")}`);
}

const browser = await chromium.launch({ executablePath: program, headless: true, args: quiet });
const served = await serve(repository);

/** Works through a list with a few tabs at once. */
async function each(list, work) {
  const left = [...list];
  await Promise.all(Array.from({ length: 3 }, async () => {
    while (left.length > 0) await work(left.shift());
  }));
}

/** Those of some pages that are asked for, in every form. */
async function all(base, pages) {
  const wanted = Object.entries(pages).filter(([name]) => !only || only.split(",").includes(name));
  await each(wanted, async ([name, address]) => {
    const wrong = [];
    for (const size of Object.keys(SIZES)) {
      for (const colours of ["light", "dark"]) {
        wrong.push(...(await look(browser, base, name, address, size, colours)).map((it) => `${size} ${colours}: ${it}`));
      }
    }
    wrong.push(...(await plain(browser, base, address)).map((it) => `without scripts: ${it}`));
    tell(name, wrong);
  });
}

await all(served.base, PAGES);
if (!only || only.includes("run")) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "prode-runs-"));
  const runs = triaged(scratch, prode, repository, { mkdirSync, readdirSync, readFileSync, writeFileSync, execFileSync });
  const worked = await serve(scratch);
  await all(worked.base, { ...runs, "runs-list": "/runs", "runs-waiting": "/runs?phase=waiting" });
  worked.child.kill();
  rmSync(scratch, { recursive: true });
}
if (!only || only === "deciding") {
  tell("on paper", await look(browser, served.base, "runbook", PAGES.runbook, "desk", "light", "print"));
  tell("search with scripts", await asks(browser, served.base, true));
  tell("search without scripts", await asks(browser, served.base, false));
  const old = mkdtempSync(path.join(os.tmpdir(), "prode-web-"));
  aged(old, { mkdirSync, writeFileSync, execFileSync });
  const kept = await serve(old);
  tell("earlier states", await slides(tab, browser, kept.base, SIZES.desk));
  kept.child.kill();
  rmSync(old, { recursive: true });
  const scratch = mkdtempSync(path.join(os.tmpdir(), "prode-web-"));
  const addresses = hostile(scratch, { mkdirSync, writeFileSync, execFileSync });
  const bad = await serve(scratch);
  tell(`${ATTACKS.length} attacks at ${addresses.length} addresses`, await attacked(browser, bad.base, addresses));
  bad.child.kill();
  for (const scripts of [true, false]) {
    const folder = mkdtempSync(path.join(os.tmpdir(), "prode-web-"));
    const ids = waiting(prode, folder, { mkdirSync, writeFileSync });
    const server = await serve(folder);
    if (scripts) {
      const wrong = [];
      for (const size of Object.keys(SIZES)) {
        for (const colours of ["light", "dark"]) wrong.push(...(await look(browser, server.base, "learning", `/inbox/${ids[0]}`, size, colours)));
      }
      tell("a learning", wrong);
      tell("another site's form", await forged(browser, server.base, ids[0]));
    }
    tell(`deciding ${scripts ? "with" : "without"} scripts`, await decides(tab, browser, server.base, ids, scripts));
    server.child.kill();
    rmSync(folder, { recursive: true });
  }
  rmSync(scratch, { recursive: true });
}
served.child.kill();
await browser.close();
console.log(`${counts.ok} passed, ${counts.FAILED} failed, 0 skipped`);
process.exit(counts.FAILED === 0 ? 0 : 1);
