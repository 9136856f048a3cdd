// Decides on learnings in a browser: by forms, with scripts and without, and from a page
// of another site, which must not be able to.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import path from "node:path";

/** A memory with three learnings that wait; their ids. */
export function waiting(prode, folder, fs) {
  const run = (program, args, input) => execFileSync(program, args, { cwd: folder, input, encoding: "utf8" });
  const write = (name, text) => {
    fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  };
  run("git", ["init", "--quiet", "--initial-branch=main"]);
  run("git", ["config", "user.name", "Ada"]);
  run("git", ["config", "user.email", "ada@example.org"]);
  write("wiki/queue.md", '---\nkind: runbook\nowner: "@sre"\n---\n# The queue is full\n\nMessages wait.\n\n## Mitigations\n\n- Add workers: `scale 8`.\n- Look at the oldest message.\n\n## Stop conditions\n\n- Messages are lost.\n');
  run("git", ["add", "."]);
  run("git", ["commit", "--quiet", "-m", "a page"]);
  const words = ["- Workers that idle wait for a **lock**: `locks --held`.", "The queue is slow on Mondays.", "Drain it from 02:00 on."];
  return words.map((text) => JSON.parse(run(prode, ["inbox", "add", "-", "--target", "wiki/queue.md#mitigations", "--json"], `${text}\n`)).id);
}

/** Refuses, changes and proposes; what was wrong. */
export async function decides(tab, browser, base, ids, scripts) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport: { width: 1280, height: 900 }, javaScriptEnabled: scripts });
  const says = async (words) => {
    const told = await page.locator(".banner.good, .banner.over").first().innerText();
    if (!told.includes(words)) wrong.push(`not '${words}' but '${told}'`);
  };
  await page.goto(`${base}/inbox`);
  await page.locator(`a[href="/inbox/${ids[0]}"]`).click();
  if (!(await page.locator(".blocks .new strong").innerText()).includes("lock")) wrong.push("the change is not shown as it reads");
  if (!(await page.locator(".diff .new").innerText()).includes("**lock**")) wrong.push("the change is not shown as it is written");
  await page.getByRole("button", { name: "Propose" }).click();
  await says("A proposal is open");
  await page.goto(`${base}/inbox/${ids[1]}`);
  await page.getByLabel("Why, for whoever").fill("a symptom, not a cause");
  await page.getByRole("button", { name: "Refuse" }).press("Enter");
  await says("refused");
  await page.goto(`${base}/inbox/${ids[2]}`);
  await page.getByText("Change its words").click();
  await page.getByLabel("Its words").fill("Drain it from 03:00 on.");
  await page.getByLabel("Where it goes").fill("wiki/nowhere.md");
  await page.getByRole("button", { name: "Change" }).click();
  if ((await page.getByLabel("Its words").inputValue()) !== "Drain it from 03:00 on.") wrong.push("what was typed is lost");
  await page.getByLabel("Where it goes").fill("wiki/queue.md#mitigations");
  await page.getByRole("button", { name: "Change" }).click();
  await says("was changed");
  if (!(await page.locator("article .words").innerText()).includes("03:00")) wrong.push("the words are the old ones");
  await context.close();
  return wrong;
}

/** A page of another origin sends the same form. */
export async function forged(browser, base, id) {
  const wrong = [];
  const form = `<form method="post" action="${base}/inbox/${id}/reject"><input name="why" value="x"><input name="seen" value="x"></form><script>document.forms[0].submit()</script>`;
  const server = createServer((_, answer) => answer.writeHead(200, { "Content-Type": "text/html" }).end(form));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const context = await browser.newContext();
  const page = await context.newPage();
  const answered = page.waitForResponse((answer) => answer.url().startsWith(base));
  await page.goto(`http://127.0.0.1:${server.address().port}/`).catch(() => {});
  const status = (await answered).status();
  if (status !== 403) wrong.push(`another site's form was answered with ${status}`);
  await context.close();
  server.close();
  return wrong;
}
