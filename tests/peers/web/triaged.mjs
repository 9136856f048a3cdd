// A memory in which tickets were worked on: what waits for a signature, what stopped.
import path from "node:path";

const EXAMPLES = ["data-state", "backend-500", "queue-saturation", "expected-aborts"];

/** Writes the memory and runs the tickets; the addresses of their runs by name. */
export function triaged(folder, prode, repository, { mkdirSync, readdirSync, readFileSync, writeFileSync, execFileSync }) {
  const git = (...args) => execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false", ...args]);
  git("init", "--quiet", "--initial-branch=main");
  mkdirSync(path.join(folder, "wiki"));
  const from = path.join(repository, "src/ops/triage/examples");
  for (const example of EXAMPLES) {
    for (const page of readdirSync(path.join(from, example, "memory"))) {
      writeFileSync(path.join(folder, "wiki", page), readFileSync(path.join(from, example, "memory", page)));
    }
  }
  git("add", "--all");
  git("commit", "--quiet", "--message", "pages");
  const runs = {};
  for (const example of EXAMPLES) {
    const outputs = path.join(from, example, "outputs");
    const programs = readdirSync(outputs).flatMap((name) => {
      const specialist = path.parse(name).name;
      return ["--config", `specialists.${specialist}.program=[/bin/cat, ${path.join(outputs, name)}]`];
    });
    const said = execFileSync(prode, ["--repo", folder, ...programs, "triage", "run", path.join(from, example, "ticket.json"), "--json"]);
    runs[`run-${example}`] = `/runs/${JSON.parse(said).run}`;
  }
  return runs;
}
