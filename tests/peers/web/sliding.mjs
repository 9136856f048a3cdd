// A page that changed on three days, and the slider over them.
import path from "node:path";

const DAYS = ["2026-01-05", "2026-02-05", "2026-03-05"];

/** Makes the memory. */
export function aged(folder, { mkdirSync, writeFileSync, execFileSync }) {
  const git = (day, ...args) => {
    const date = `${day}T12:00:00Z`;
    const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { env });
  };
  git(DAYS[0], "init", "-q", "-b", "main");
  mkdirSync(path.join(folder, "wiki"));
  for (const day of DAYS) {
    writeFileSync(path.join(folder, "wiki", "queue.md"), `# Queue\n\nWritten on ${day}.\n`);
    git(day, "add", "-A");
    git(day, "commit", "-q", "-m", `as of ${day}`);
  }
}

/** What is wrong with it; nothing is fine. */
export async function slides(tab, browser, base, viewport) {
  const wrong = [];
  const { context, page } = await tab(browser, base, wrong, { viewport });
  const says = async (words, told) => {
    const text = await page.locator(".words").innerText();
    if (!text.includes(words)) wrong.push(`the page says '${text}', not '${words}'`);
    const label = await page.locator(".asof output").innerText();
    if (label !== told) wrong.push(`the slider says '${label}', not '${told}'`);
  };
  await page.goto(`${base}/wiki/wiki/queue.md`);
  await says(DAYS[2], "as it is now");
  await page.locator(".asof .slide").focus();
  // From now over the last day to the one before; each state keeps the keyboard where it was.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(`**/wiki/wiki/queue.md?as-of=${DAYS[1]}`);
  await says(DAYS[1], `as of ${DAYS[1]}, 2 of 3`);
  await page.keyboard.press("Home");
  await page.waitForURL(`**/wiki/wiki/queue.md?as-of=${DAYS[0]}`);
  await says(DAYS[0], `as of ${DAYS[0]}, 1 of 3`);
  await page.keyboard.press("End");
  await page.waitForURL("**/wiki/wiki/queue.md");
  await says(DAYS[2], "as it is now");
  await context.close();
  return wrong;
}
