// Google's own SDK, @google/genai.
import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { ApiError, FunctionCallingConfigMode, GoogleGenAI, createPartFromUri } from "@google/genai";
import { assertRecipe, baseUrl, errorOf, googleSchema, key, model, png, prompt, recipeSchema, run, wav } from "./steps.mjs";

const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl } });
const greedy = { temperature: 0, maxOutputTokens: 24 };
const generate = (contents, config = {}) => client.models.generateContent({ model, contents, config: { ...greedy, ...config } });
const blob = (bytes, type) => new Blob([bytes], { type });
const modalities = (response) => response.usageMetadata.promptTokensDetails.map((each) => each.modality);
const cook = { functionDeclarations: [{ name: "cook", parameters: googleSchema }, { name: "stop", parametersJsonSchema: recipeSchema }] };
const mustCook = { tools: [cook], maxOutputTokens: 80, toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ["cook"] } } };

await run({
  generate: async () => {
    const response = await generate(prompt);
    assert.ok(response.text.length > 0);
    const usage = response.usageMetadata;
    assert.equal(usage.totalTokenCount, usage.promptTokenCount + usage.candidatesTokenCount);
  },
  stream: async () => {
    const chunks = [];
    for await (const chunk of await client.models.generateContentStream({ model, contents: "Tell a story.", config: greedy })) {
      chunks.push(chunk);
    }
    assert.equal(chunks.map((chunk) => chunk.text ?? "").join(""), (await generate("Tell a story.")).text);
    assert.equal(chunks.at(-1).candidates[0].finishReason, "MAX_TOKENS");
    assert.ok(chunks.length > 3);
  },
  "count tokens": async () => {
    const counted = await client.models.countTokens({ model, contents: prompt });
    assert.equal(counted.totalTokens, (await generate(prompt)).usageMetadata.promptTokenCount);
  },
  "system instruction": async () => {
    const plain = (await generate(prompt)).usageMetadata.promptTokenCount;
    assert.ok((await generate(prompt, { systemInstruction: "Be short." })).usageMetadata.promptTokenCount > plain);
  },
  chat: async () => {
    const chat = client.chats.create({ model, config: greedy });
    const first = await chat.sendMessage({ message: prompt });
    const second = [];
    for await (const chunk of await chat.sendMessageStream({ message: "And 4 + 4?" })) {
      second.push(chunk.text ?? "");
    }
    assert.deepEqual(chat.getHistory().map((turn) => turn.role), ["user", "model", "user", "model"]);
    assert.equal(chat.getHistory()[1].parts[0].text, first.text);
    assert.ok(second.join("").length > 0);
  },
  candidates: async () => {
    assert.equal((await generate(prompt, { candidateCount: 3, temperature: 1, seed: 7 })).candidates.length, 3);
  },
  "stop sequences": async () => {
    const text = (await generate("Tell a story.")).text;
    const stop = text.slice(4, 7);
    assert.ok(!(await generate("Tell a story.", { stopSequences: [stop] })).text.includes(stop));
  },
  "log-probabilities": async () => {
    const result = (await generate(prompt, { responseLogprobs: true, logprobs: 2 })).candidates[0].logprobsResult;
    assert.equal(result.topCandidates.length, result.chosenCandidates.length);
    assert.ok(result.chosenCandidates.every((each) => each.logProbability <= 0));
  },
  "JSON schema": async () => {
    const json = { responseMimeType: "application/json", maxOutputTokens: 60 };
    assertRecipe(JSON.parse((await generate("A soup", { ...json, responseSchema: googleSchema })).text));
    assertRecipe(JSON.parse((await generate("A soup", { ...json, responseJsonSchema: recipeSchema })).text));
  },
  enum: async () => {
    const config = { responseMimeType: "text/x.enum", responseSchema: { type: "STRING", enum: ["red", "green"] } };
    assert.match((await generate("A colour", config)).text, /^(red|green)$/);
  },
  "function calls": async () => {
    const asked = { role: "user", parts: [{ text: "A soup" }] };
    const response = await generate([asked], mustCook);
    assert.ok(response.functionCalls.every((call) => call.name === "cook" && call.id));
    response.functionCalls.forEach((call) => assertRecipe(call.args));
    const results = response.functionCalls.map(({ id, name }) => ({ functionResponse: { id, name, response: { output: "done" } } }));
    const after = await generate([asked, response.candidates[0].content, { role: "user", parts: results }], { tools: [cook] });
    assert.equal(after.candidates[0].content.role, "model");
  },
  "streamed function calls": async () => {
    const calls = [];
    for await (const chunk of await client.models.generateContentStream({ model, contents: "A soup", config: { ...greedy, ...mustCook } })) {
      calls.push(...(chunk.functionCalls ?? []));
    }
    assert.ok(calls.length > 0);
    calls.forEach((call) => assertRecipe(call.args));
  },
  "automatic function calls": async () => {
    const seen = [];
    const tool = {
      tool: async () => ({ functionDeclarations: cook.functionDeclarations }),
      callTool: async (calls) => {
        seen.push(...calls);
        return calls.map(({ id, name }) => ({ functionResponse: { id, name, response: { output: "done" } } }));
      },
    };
    await generate("A soup", { ...mustCook, tools: [tool], automaticFunctionCalling: { maximumRemoteCalls: 1 } });
    assert.ok(seen.length > 0);
  },
  "inline image and sound": async () => {
    const parts = [
      { inlineData: { mimeType: "image/png", data: png().toString("base64") } },
      { inlineData: { mimeType: "audio/wav", data: wav().toString("base64") } },
      { text: "What is this?" },
    ];
    assert.deepEqual(modalities(await generate([{ role: "user", parts }])).sort(), ["AUDIO", "IMAGE", "TEXT"]);
  },
  files: async () => {
    const file = await client.files.upload({ file: blob(png(), "image/png"), config: { displayName: "grey", mimeType: "image/png" } });
    assert.equal(file.state, "ACTIVE");
    assert.equal((await client.files.get({ name: file.name })).sha256Hash, file.sha256Hash);
    const names = [];
    for await (const each of await client.files.list({ config: { pageSize: 1 } })) {
      names.push(each.name);
    }
    assert.ok(names.includes(file.name));
    const part = createPartFromUri(file.uri, file.mimeType);
    assert.ok(modalities(await generate([part, "What is this?"])).includes("IMAGE"));
    await client.files.delete({ name: file.name });
    assert.equal((await errorOf(() => client.files.get({ name: file.name }))).status, 403);
  },
  "a file of several chunks": async () => {
    const bytes = Buffer.alloc(9_000_000, "a line of text\n");
    const file = await client.files.upload({ file: blob(bytes, "text/plain"), config: { mimeType: "text/plain" } });
    assert.equal(Number(file.sizeBytes), bytes.length);
    await client.files.delete({ name: file.name });
  },
  models: async () => {
    const names = [];
    for await (const each of await client.models.list()) {
      names.push(each.name);
    }
    assert.deepEqual(names, ["models/pollux-nano"]);
    assert.equal((await client.models.get({ model })).name, "models/" + model);
  },
  errors: async () => {
    const missing = await errorOf(() => client.models.generateContent({ model: "no-such-model", contents: prompt }));
    assert.ok(missing instanceof ApiError);
    assert.equal(missing.status, 404);
    const wrong = await errorOf(() => generate(prompt, { temperature: 9 }));
    assert.equal(wrong.status, 400);
    assert.match(wrong.message, /temperature is 9; expected 0 to 2/);
  },
  "giving up": async () => {
    const abort = new AbortController();
    const stream = await client.models.generateContentStream({ model, contents: prompt, config: { temperature: 2, abortSignal: abort.signal } });
    const reading = async () => {
      for await (const _ of stream) {
        abort.abort();
      }
    };
    // A stream that is given up fails, or at times (Node 20) does nothing more at all.
    await Promise.race([reading().catch((error) => assert.match(String(error), /abort/i)), setTimeout(3000)]);
    assert.ok((await generate(prompt)).text.length > 0);
  },
});
