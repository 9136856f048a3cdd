// Looks at a page in each form in which people meet it; one line each.
// usage: page.mjs CHROMIUM PAGE FOLDER-FOR-SCREENSHOTS
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import path from "node:path";

const [program, page, folder] = process.argv.slice(2);
const require = createRequire(path.join(folder, "node_modules", "x.js"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 900 } };
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** What is wrong with the page in one form; nothing is fine. */
async function look(browser, name, size, colours, media) {
  // The page's own policy lets no script in, and axe is one.
  const context = await browser.newContext({ viewport: size, colorScheme: colours, bypassCSP: true });
  const tab = await context.newPage();
  const wrong = [];
  const address = pathToFileURL(page).href;
  tab.on("console", (line) => line.type() === "error" && wrong.push(`console: ${line.text()}`));
  tab.on("pageerror", (error) => wrong.push(`script: ${error.message}`));
  tab.on("request", (request) => request.url() !== address && wrong.push(`request: ${request.url()}`));
  await tab.emulateMedia({ media, colorScheme: colours });
  await tab.goto(address);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (wide > 0) wrong.push(`it is ${wide} px wider than the window`);
  const drawn = await tab.evaluate(() => [...document.querySelectorAll("svg")].map((it) => it.getBoundingClientRect()).filter((it) => it.width > 100 && it.height > 20).length);
  if (drawn < 4) wrong.push(`only ${drawn} charts are drawn`);
  const small = await tab.evaluate(() => [...document.querySelectorAll("svg text")].filter((it) => it.getBoundingClientRect().height < 10).length);
  if (small > 0) wrong.push(`${small} texts of charts are under 10 px`);
  await tab.screenshot({ path: path.join(folder, `${name}.png`) });
  await tab.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  await tab.addScriptTag({ path: axe });
  const { violations } = await tab.evaluate(() => window.axe.run());
  for (const it of violations.filter((it) => ["serious", "critical"].includes(it.impact))) {
    wrong.push(`axe ${it.id}: ${it.nodes.length} × ${it.help}, such as ${it.nodes[0].html.slice(0, 120)}`);
  }
  await context.close();
  return wrong;
}

const browser = await chromium.launch({ executablePath: program, headless: true, args: quiet });
let [passed, failed] = [0, 0];
const forms = Object.keys(SIZES).flatMap((size) => ["light", "dark"].map((colours) => [size, colours, "screen"]));
for (const [size, colours, media] of [...forms, ["desk", "light", "print"]]) {
  const name = media === "print" ? "print" : `${size}-${colours}`;
  const wrong = await look(browser, name, SIZES[size], colours, media);
  if (wrong.length === 0) passed += 1;
  else failed += 1;
  console.log(`${wrong.length === 0 ? "ok" : "FAILED"} ${name}${wrong.map((it) => `\n  ${it}`).join("")}`);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
