// Google's @google/gemini-cli without a terminal, in a home of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { baseUrl, key, model, prompt, run } from "./steps.mjs";

const home = mkdtempSync(join(realpathSync(tmpdir()), "gemini-cli-"));
const work = join(home, "work");
mkdirSync(join(home, ".gemini"));
mkdirSync(work);
writeFileSync(
  join(home, ".gemini", "settings.json"),
  JSON.stringify({
    security: { auth: { selectedType: "gemini-api-key" } },
    privacy: { usageStatisticsEnabled: false },
    general: { enableAutoUpdate: false },
    // A model that talks no sense may talk for ever.
    modelConfigs: { customOverrides: [{ match: { model }, modelConfig: { generateContentConfig: { maxOutputTokens: 48 } } }] },
  }),
);

/** Runs `gemini`, gives it `input`, and returns what it prints. */
function gemini(options, input = "") {
  const env = { PATH: process.env.PATH, HOME: home, GEMINI_API_KEY: key, GOOGLE_GEMINI_BASE_URL: baseUrl };
  const child = spawn(process.execPath, [resolve("node_modules/.bin/gemini"), "--skip-trust", "-m", model, ...options], { cwd: work, env });
  child.stdin.end(input);
  const said = { out: "", err: "" };
  child.stdout.on("data", (data) => (said.out += data));
  child.stderr.on("data", (data) => (said.err += data));
  return new Promise((done) => child.on("close", (code) => done({ code, ...said })));
}

await run({
  "an answer as JSON": async () => {
    const said = await gemini(["-o", "json", "-p", prompt]);
    assert.equal(said.code, 0, said.err);
    const { response, stats } = JSON.parse(said.out);
    assert.ok(response.length > 0);
    const tokens = Object.values(stats.models)[0].tokens;
    assert.ok(tokens.prompt > 5000, "it sends all of its instructions: " + JSON.stringify(tokens));
    assert.ok(tokens.candidates > 0 && tokens.candidates <= 48, JSON.stringify(tokens));
  },
  "an answer as text, asked on standard input": async () => {
    const said = await gemini([], prompt);
    assert.equal(said.code, 0, said.err);
    assert.ok(said.out.trim().length > 0);
  },
});
