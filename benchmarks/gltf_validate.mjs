// Khronos' glTF validator on GLB files, and on what web pages of worldreel play:
//
//     npm install gltf-validator
//     node benchmarks/gltf_validate.mjs runs/exports/*/export/film.{glb,html}
//
// Prints errors, warnings, infos and hints of each file, and every message; ends with 1 if there was an error or a warning.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const validator = createRequire(resolve("package.json"))("gltf-validator");

function scene(path) {
  const content = readFileSync(path);
  if (!path.endsWith(".html")) return new Uint8Array(content);
  const [, text] = content.toString().match(/<script id="scene"[^>]*>([^<]*)</);
  return new Uint8Array(Buffer.from(text, "base64"));
}

let bad = 0;
console.log(`gltf-validator ${validator.version()}`);
for (const path of process.argv.slice(2)) {
  const { issues } = await validator.validateBytes(scene(path), { maxIssues: 0 });
  console.log(`${path}: ${issues.numErrors} errors, ${issues.numWarnings} warnings, ${issues.numInfos} infos, ${issues.numHints} hints`);
  for (const { code, message, pointer } of issues.messages) console.log(`  ${code} ${pointer ?? ""}: ${message}`);
  bad += issues.numErrors + issues.numWarnings;
}
process.exitCode = bad ? 1 : 0;
