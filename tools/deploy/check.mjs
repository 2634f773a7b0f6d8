// Checks a Containerfile and Kubernetes manifests; prints what is wrong, a line each.
//   npm ci && node check.mjs ../../Containerfile ../../deploy/kubernetes/*.yaml
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const require = createRequire(import.meta.url);
const { validate } = require("dockerfile-utils");

/** The class of a manifest's kind, as kubernetes-models lays them out: kubernetes-models/apps/v1. */
async function modelOf({ apiVersion, kind }) {
  return (await import(`kubernetes-models/${apiVersion}`))[kind];
}

/** Validators let names pass that are not in the schema; TypeScript's types of it do not. */
function unknownNames(manifest) {
  const file = new URL("manifest.ts", import.meta.url).pathname;
  const { apiVersion, kind } = manifest;
  const text = `import type { I${kind} } from "kubernetes-models/${apiVersion}";\nexport const it: I${kind} = ${JSON.stringify(manifest)};\n`;
  const options = { noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? text : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, text, ...rest) : getSourceFile(name, ...rest);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map((found) => ts.flattenDiagnosticMessageText(found.messageText, "; "));
}

async function manifestProblems(text) {
  const problems = [];
  for (const document of parseAllDocuments(text)) {
    problems.push(...document.errors.map((error) => error.message));
    try {
      const manifest = document.toJS();
      new (await modelOf(manifest))(manifest).validate();
      problems.push(...unknownNames(manifest));
    } catch (error) {
      problems.push(error.message);
    }
  }
  return problems;
}

function containerProblems(text) {
  return validate(text, {}).map((problem) => `line ${problem.range.start.line + 1}: ${problem.message}`);
}

let count = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const problems = file.endsWith(".yaml") ? await manifestProblems(text) : containerProblems(text);
  for (const problem of problems) console.log(`${file}: ${problem}`);
  count += problems.length;
}
process.exit(count === 0 ? 0 : 1);
