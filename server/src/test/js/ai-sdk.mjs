// Vercel's AI SDK with its Google provider.
import assert from "node:assert/strict";
import { createGoogleGenerativeAI } from "@ai-sdk/google";
import { APICallError, generateObject, generateText, Output, stepCountIs, streamObject, streamText, tool } from "ai";
import { z } from "zod";
import { baseUrl, errorOf, key, model as name, png, prompt, run, wav } from "./steps.mjs";

const google = createGoogleGenerativeAI({ apiKey: key, baseURL: baseUrl + "/v1beta" });
const model = google(name);
const greedy = { model, temperature: 0, maxOutputTokens: 24, maxRetries: 0 };
// The SDK does not pass bounds on (maxLength, maximum): only what it passes on can be kept.
const schema = z.object({ name: z.string(), size: z.enum(["small", "large"]), isHot: z.boolean() });
const assertDish = (dish) => schema.parse(dish);
const cook = (done) => tool({ description: "Cooks", inputSchema: schema, execute: async (dish) => (done.push(dish), "done") });

await run({
  generateText: async () => {
    const result = await generateText({ ...greedy, prompt });
    assert.ok(result.text.length > 0);
    assert.equal(result.usage.totalTokens, result.usage.inputTokens + result.usage.outputTokens);
  },
  streamText: async () => {
    const result = streamText({ ...greedy, prompt: "Tell a story." });
    let text = "";
    for await (const piece of result.textStream) {
      text += piece;
    }
    assert.equal(text, (await generateText({ ...greedy, prompt: "Tell a story." })).text);
    assert.equal(await result.finishReason, "length");
  },
  "system and history": async () => {
    const messages = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hello." },
      { role: "user", content: prompt },
    ];
    assert.ok((await generateText({ ...greedy, system: "Be short.", messages })).text.length > 0);
  },
  generateObject: async () => assertDish((await generateObject({ ...greedy, maxOutputTokens: 60, schema, prompt: "A soup" })).object),
  "generateObject, enum": async () => {
    const result = await generateObject({ ...greedy, output: "enum", enum: ["red", "green"], prompt: "A colour" });
    assert.ok(["red", "green"].includes(result.object));
  },
  streamObject: async () => {
    const result = streamObject({ ...greedy, maxOutputTokens: 60, schema, prompt: "A soup" });
    let parts = 0;
    for await (const _ of result.partialObjectStream) {
      parts++;
    }
    assert.ok(parts > 1);
    assertDish(await result.object);
  },
  "Output.object": async () => {
    const result = await generateText({ ...greedy, maxOutputTokens: 60, output: Output.object({ schema }), prompt: "A soup" });
    assertDish(result.output);
  },
  tools: async () => {
    const done = [];
    const prepareStep = ({ stepNumber }) => ({ toolChoice: stepNumber === 0 ? "required" : "none" });
    const result = await generateText({ ...greedy, maxOutputTokens: 80, tools: { cook: cook(done) }, prepareStep, stopWhen: stepCountIs(2), prompt: "A soup" });
    done.forEach(assertDish);
    assert.ok(done.length > 0);
    assert.equal(result.steps.length, 2);
  },
  "streamed tools": async () => {
    const done = [];
    const result = streamText({ ...greedy, maxOutputTokens: 80, tools: { cook: cook(done) }, toolChoice: "required", prompt: "A soup" });
    const kinds = [];
    for await (const part of result.fullStream) {
      kinds.push(part.type);
    }
    assert.ok(kinds.includes("tool-call") && kinds.includes("tool-result"), kinds.join());
    done.forEach(assertDish);
  },
  "image and sound": async () => {
    const content = [
      { type: "file", data: png(), mediaType: "image/png" },
      { type: "file", data: wav(), mediaType: "audio/wav" },
      { type: "text", text: "What is this?" },
    ];
    assert.ok((await generateText({ ...greedy, messages: [{ role: "user", content }] })).text.length > 0);
  },
  errors: async () => {
    const error = await errorOf(() => generateText({ ...greedy, model: google("no-such-model"), prompt }));
    assert.ok(APICallError.isInstance(error));
    assert.equal(error.statusCode, 404);
    assert.match(error.message, /is not found for API version/);
  },
  "giving up": async () => {
    const abort = new AbortController();
    const result = streamText({ ...greedy, maxOutputTokens: undefined, temperature: 2, prompt, abortSignal: abort.signal });
    const kinds = [];
    for await (const part of result.fullStream) {
      kinds.push(part.type);
      abort.abort();
    }
    assert.equal(kinds.at(-1), "abort");
  },
});
