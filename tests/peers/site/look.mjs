// Looks at a built site as people meet it; one line each.
// usage: look.mjs CHROMIUM PRODE REPOSITORY FOLDER-FOR-SCREENSHOTS
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [program, prode, repository, folder] = process.argv.slice(2);
const require = createRequire(path.join(folder, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PAGES = ["index", "search", "kinds/runbook", "decisions", "skills", "skills/prode-triage", "graph", "graphs/adr", "404", "wiki/wiki/serving", "wiki/wiki/runbooks/index-damaged", "wiki/adr/0056-mcp-over-http-with-tokens-of-random-bits", "history/wiki/serving"];
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", md: "text/markdown", xml: "application/xml" };

let passed = 0;
let failed = 0;
const tell = (name, wrong) => {
  wrong.length === 0 ? passed++ : failed++;
  console.log(`${wrong.length === 0 ? "ok" : "FAILED"} ${name}`);
  for (const it of wrong) console.log(`  ${it}`);
};

/** The folder below a path of its own, as hosts of files serve it. */
function host(site) {
  const server = createServer((request, answer) => {
    const name = decodeURIComponent(new URL(request.url, "http://x").pathname).replace("/memory/", "") || "index.html";
    try {
      const bytes = readFileSync(path.join(site, name));
      answer.writeHead(200, { "Content-Type": TYPES[name.split(".").pop()] ?? "text/plain" }).end(bytes);
    } catch {
      answer.writeHead(404, { "Content-Type": "text/html" }).end(readFileSync(path.join(site, "404.html")));
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve({ server, base: `http://127.0.0.1:${server.address().port}/memory/` })));
}

async function tab(browser, base, wrong, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("console", (it) => it.type() === "error" && wrong.push(`console: ${it.text()}`));
  page.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  page.on("request", (request) => request.url().startsWith(base) || request.url().startsWith("data:") || wrong.push(`request: ${request.url()}`));
  return { context, page };
}

async function look(browser, base, name, size, colours) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: SIZES[size], colorScheme: colours });
  await page.goto(`${base}${name}.html`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) wrong.push(`it is ${wide} px wider than the window`);
  await page.screenshot({ path: path.join(folder, `${name.replaceAll("/", "-")}-${size}-${colours}.png`) });
  await context.close();
  // The pages' own policy lets no other script in, and axe is one.
  const second = await tab(browser, base, wrong, { viewport: SIZES[size], colorScheme: colours, bypassCSP: true });
  await second.page.goto(`${base}${name}.html`);
  await second.page.evaluate(axe);
  const { violations } = await second.page.evaluate(() => window.axe.run());
  for (const it of violations.filter((it) => ["serious", "critical"].includes(it.impact))) {
    wrong.push(`axe ${it.id}: ${it.nodes.length} × ${it.help}, such as ${it.nodes[0].html.slice(0, 160)}`);
  }
  await second.context.close();
  return wrong;
}

/** By keyboard alone: to the field, through the hits, into a page. */
async function searches(browser, base, size) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: SIZES[size] });
  await page.goto(`${base}search.html`);
  await page.keyboard.press("/");
  await page.keyboard.type("rotate a token");
  await page.locator("ol.hits > li").first().waitFor();
  const first = page.locator("ol.hits h2 a").first();
  if (!(await page.locator("ol.hits h2 a").allInnerTexts()).slice(0, 5).includes("Serving over HTTP")) wrong.push(`not among the first: ${await first.innerText()}`);
  if ((await page.locator("ol.hits mark").count()) < 1) wrong.push("nothing is set off");
  await page.keyboard.press("ArrowDown");
  if (!(await first.evaluate((it) => it === document.activeElement))) wrong.push("the arrow does not lead to the first hit");
  await page.keyboard.press("ArrowUp");
  if (!(await page.locator("#Text").evaluate((it) => it === document.activeElement))) wrong.push("and not back");
  await page.screenshot({ path: path.join(folder, `searched-${size}.png`) });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator(".words").waitFor();
  // From the head of any page.
  await page.locator("#Q").fill("determinism of a site");
  await page.locator("#Q").press("Enter");
  await page.locator("ol.hits > li").first().waitFor();
  await page.locator("#Text").fill("qzqzq xwxwx");
  await page.locator("p.summary", { hasText: "Nothing in this memory fits" }).waitFor();
  await page.locator("#Text").fill("");
  await page.locator("ul.catalogue").waitFor();
  // What is typed is a text wherever it is shown.
  await page.locator("#Text").fill("<img src=x onerror=alert(1)> token");
  await page.locator("ol.hits > li").first().waitFor();
  await context.close();
  return wrong;
}

/** Without scripts all pages are listed, and the list leads to them. */
async function plain(browser, base) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: SIZES.desk, javaScriptEnabled: false });
  await page.goto(`${base}search.html`);
  if ((await page.locator("ul.catalogue > li").count()) < 50) wrong.push("few pages are listed");
  if (!(await page.locator("noscript").first().innerText()).includes("takes a script")) wrong.push("it does not say why there is no search");
  await page.locator("ul.catalogue a").first().click();
  if ((await page.locator("h1").count()) !== 1) wrong.push("the first leads nowhere");
  await context.close();
  return wrong;
}

const scratch = mkdtempSync(path.join(os.tmpdir(), "site-"));
const site = path.join(scratch, "site");
execFileSync(prode, ["--repo", repository, "site", "build", "--rev", "HEAD", "-q", "-o", site], { stdio: "inherit" });
const { server, base } = await host(site);
const browser = await chromium.launch({ executablePath: program, args: quiet });
for (const [where, at] of [["http", base], ["disk", `${pathToFileURL(site)}/`]]) {
  tell(`${where}: without scripts`, await plain(browser, at));
  for (const size of ["phone", "desk"]) tell(`${where}: search, ${size}`, await searches(browser, at, size).catch((error) => [error.message]));
}
for (const name of PAGES) {
  for (const [size, colours] of [["phone", "dark"], ["desk", "light"]]) {
    tell(`${name}, ${size}, ${colours}`, await look(browser, base, name, size, colours).catch((error) => [error.message]));
  }
}
await browser.close();
server.close();
rmSync(scratch, { recursive: true });
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
