// What the checks of all clients share. Each is run as: node CLIENT.mjs BASE_URL
import assert from "node:assert/strict";
import { deflateSync, crc32 } from "node:zlib";

export const baseUrl = process.argv[2];
export const model = "gemini-2.5-flash";
export const key = "test-key";
export const prompt = "What is 2 + 3?";

/** Runs steps, named functions, one after the other, and prints a line of JSON for each. */
export async function run(steps) {
  for (const [step, body] of Object.entries(steps)) {
    try {
      await body();
      console.log(JSON.stringify({ step }));
    } catch (error) {
      console.log(JSON.stringify({ step, error: String(error?.stack ?? error) }));
      process.exitCode = 1;
    }
  }
}

/** The error that `body` must end with. */
export async function errorOf(body) {
  try {
    await body();
  } catch (error) {
    return error;
  }
  return assert.fail("expected an error, found none");
}

/** A recipe, as JSON schema, in Google's dialect with capitals, and what must hold of one. */
export const recipeSchema = {
  type: "object",
  properties: { name: { type: "string", maxLength: 10 }, minutes: { type: "integer", minimum: 1, maximum: 90 } },
  required: ["name", "minutes"],
};
export const googleSchema = {
  type: "OBJECT",
  properties: { name: { type: "STRING" }, minutes: { type: "INTEGER", minimum: 1, maximum: 90 } },
  required: ["name", "minutes"],
};
export function assertRecipe(recipe) {
  assert.equal(typeof recipe.name, "string");
  assert.ok(Number.isInteger(recipe.minutes) && recipe.minutes >= 1 && recipe.minutes <= 90, JSON.stringify(recipe));
}

/** A grey square as PNG. */
export function png(size = 24) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(size * (size + 1), 0x80);
  for (let row = 0; row < size; row++) {
    rows[row * (size + 1)] = 0;
  }
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Half a second of a tone as WAV. */
export function wav() {
  const samples = 8000;
  const file = Buffer.alloc(44 + 2 * samples);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + 2 * samples, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(16000, 24);
  file.writeUInt32LE(32000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(2 * samples, 40);
  for (let i = 0; i < samples; i++) {
    file.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 440 * i) / 16000)), 44 + 2 * i);
  }
  return file;
}
