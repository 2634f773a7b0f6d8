// The SDK before that one, @google/generative-ai, which many programs still use.
import assert from "node:assert/strict";
import { FunctionCallingMode, GoogleGenerativeAI, GoogleGenerativeAIFetchError } from "@google/generative-ai";
import { FileState, GoogleAIFileManager } from "@google/generative-ai/server";
import { assertRecipe, baseUrl, errorOf, googleSchema, key, model, png, prompt, run } from "./steps.mjs";

const generationConfig = { temperature: 0, maxOutputTokens: 24 };
const client = new GoogleGenerativeAI(key);
const modelOf = (settings = {}) => client.getGenerativeModel({ model, generationConfig, ...settings }, { baseUrl });
const textOf = async (contents, settings) => (await modelOf(settings).generateContent(contents)).response.text();
const mustCook = {
  tools: [{ functionDeclarations: [{ name: "cook", parameters: { ...googleSchema, type: "object" } }] }],
  toolConfig: { functionCallingConfig: { mode: FunctionCallingMode.ANY } },
  generationConfig: { ...generationConfig, maxOutputTokens: 80 },
};

await run({
  generate: async () => assert.ok((await textOf(prompt)).length > 0),
  stream: async () => {
    const { stream, response } = await modelOf().generateContentStream("Tell a story.");
    let text = "";
    for await (const chunk of stream) {
      text += chunk.text();
    }
    assert.equal(text, await textOf("Tell a story."));
    assert.equal((await response).text(), text);
  },
  "count tokens": async () => {
    const counted = await modelOf().countTokens(prompt);
    assert.equal(counted.totalTokens, (await modelOf().generateContent(prompt)).response.usageMetadata.promptTokenCount);
  },
  "system instruction": async () => assert.ok((await textOf(prompt, { systemInstruction: "Be short." })).length > 0),
  chat: async () => {
    const chat = modelOf().startChat({ history: [{ role: "user", parts: [{ text: "Hello" }] }, { role: "model", parts: [{ text: "Hello." }] }] });
    await chat.sendMessage(prompt);
    assert.equal((await chat.getHistory()).length, 4);
  },
  "JSON schema": async () => {
    const config = { ...generationConfig, maxOutputTokens: 60, responseMimeType: "application/json", responseSchema: googleSchema };
    assertRecipe(JSON.parse(await textOf("A soup", { generationConfig: config })));
  },
  "function calls": async () => {
    const cooking = modelOf(mustCook);
    const response = (await cooking.generateContent("A soup")).response;
    response.functionCalls().forEach((call) => assertRecipe(call.args));
    const chat = modelOf({ tools: mustCook.tools }).startChat({
      history: [{ role: "user", parts: [{ text: "A soup" }] }, response.candidates[0].content],
    });
    const results = response.functionCalls().map((call) => ({ functionResponse: { name: call.name, response: { output: "done" } } }));
    assert.ok((await chat.sendMessage(results)).response.candidates.length > 0);
  },
  "inline image": async () => {
    const data = png().toString("base64");
    assert.ok((await textOf([{ inlineData: { mimeType: "image/png", data } }, "What is this?"])).length > 0);
  },
  files: async () => {
    const files = new GoogleAIFileManager(key, { baseUrl });
    const { file } = await files.uploadFile(png(), { mimeType: "image/png", displayName: "grey" });
    assert.equal(file.state, FileState.ACTIVE);
    assert.equal((await files.getFile(file.name)).displayName, "grey");
    assert.ok((await files.listFiles({ pageSize: 100 })).files.some((each) => each.name === file.name));
    assert.ok((await textOf([{ fileData: { mimeType: file.mimeType, fileUri: file.uri } }, "What is this?"])).length > 0);
    await files.deleteFile(file.name);
    assert.match((await errorOf(() => files.getFile(file.name))).message, /403/);
  },
  errors: async () => {
    const error = await errorOf(() => client.getGenerativeModel({ model: "no-such-model" }, { baseUrl }).generateContent(prompt));
    assert.ok(error instanceof GoogleGenerativeAIFetchError);
    assert.equal(error.status, 404);
  },
});
