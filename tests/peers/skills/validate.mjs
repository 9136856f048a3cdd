// Prints for each folder given on standard input, one a line, whether npm's
// reference library calls it valid, and the installer's hash of its files.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const { validate } = await import(pathToFileURL(join(process.argv[2], "node_modules/skills-ref/dist/index.js")));

function files(folder, above = "") {
  return readdirSync(join(folder, above), { withFileTypes: true }).flatMap((entry) => {
    const path = above ? `${above}/${entry.name}` : entry.name;
    return entry.isDirectory() ? files(folder, path) : [path];
  });
}

function hash(folder) {
  const sum = createHash("sha256");
  for (const path of files(folder).sort((a, b) => a.localeCompare(b))) {
    sum.update(path);
    sum.update(readFileSync(join(folder, path)));
  }
  return sum.digest("hex");
}

const answers = {};
for (const folder of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  answers[folder] = { valid: (await validate(folder)).length === 0, hash: hash(folder) };
}
console.log(JSON.stringify(answers));
