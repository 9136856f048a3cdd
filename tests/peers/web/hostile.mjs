// A memory whose every field is an attack.
import { readFileSync } from "node:fs";
import path from "node:path";

export const ATTACKS = readFileSync(new URL("../../web/attacks.txt", import.meta.url), "utf8").split("\n").filter(Boolean);

/** Writes the memory; the addresses at which it shows itself. */
export function hostile(folder, { mkdirSync, writeFileSync, execFileSync }) {
  const git = (...args) => execFileSync("git", ["-C", folder, "-c", "user.name=<script>ran()</script>", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", ...args]);
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(path.join(folder, "wiki"));
  mkdirSync(path.join(folder, "adr"));
  const quoted = (text) => JSON.stringify(text);
  const addresses = ["/", "/search", "/adr", "/skills", "/graph"];
  ATTACKS.forEach((attack, at) => {
    const front = `---\ntitle: ${quoted(attack)}\nkind: guide\nowner: ${quoted(attack)}\ntags: [${quoted(attack)}]\nservices: [${quoted(attack)}]\n---\n`;
    writeFileSync(path.join(folder, "wiki", `p${at}.md`), `${front}# ${attack}\n\n${attack}\n\n## ${attack}\n\n> ${attack}\n\n- ${attack}\n\n| ${attack.replaceAll("|", "\\|")} |\n|---|\n| x |\n\n\`${attack}\`\n\nattack${at} token\n`);
    git("add", "--all");
    git("commit", "--quiet", "--message", attack);
    addresses.push(`/wiki/wiki/p${at}.md`, `/search?q=attack${at}`, `/search?q=${encodeURIComponent(attack)}`, `/search?kind=${encodeURIComponent(attack)}`, `/wiki/${encodeURIComponent(attack)}`, `/?as-of=${encodeURIComponent(attack)}`);
  });
  writeFileSync(path.join(folder, "adr", "0001-x.md"), `---\nstatus: "${ATTACKS[0]}"\ndate: 2026-01-01\n---\n# ${ATTACKS[0]}\n`);
  writeFileSync(path.join(folder, "wiki", "x.svg"), `<svg xmlns="http://www.w3.org/2000/svg" onload="console.error('an attack ran')"><script>console.error("an attack ran")</script></svg>`);
  git("add", "--all");
  git("commit", "--quiet", "--message", "more");
  return [...addresses, "/wiki/wiki/p0.md/history", "/wiki/wiki/p0.md/blame", "/adr/1"];
}
