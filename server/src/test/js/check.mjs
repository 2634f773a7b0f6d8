// Generates, streams and counts tokens, then prints what came back as one JSON object. Usage: node check.mjs BASE_URL MODEL PROMPT
import { ApiError, GoogleGenAI } from "@google/genai";

const [baseUrl, model, prompt] = process.argv.slice(2);
const client = new GoogleGenAI({ apiKey: "test-key", httpOptions: { baseUrl } });
const config = { temperature: 0, maxOutputTokens: 24 };

const whole = await client.models.generateContent({ model, contents: prompt, config });

const chunks = [];
for await (const chunk of await client.models.generateContentStream({ model, contents: prompt, config })) {
  chunks.push(chunk);
}

const counted = await client.models.countTokens({ model, contents: prompt });
const described = await client.models.get({ model });
const listed = [];
for await (const each of await client.models.list()) {
  listed.push(each.name);
}

const chat = client.chats.create({ model, config });
const answer = await chat.sendMessage({ message: prompt });

let refused = null;
try {
  await client.models.generateContent({ model: "no-such-model", contents: prompt });
} catch (error) {
  refused = { isApiError: error instanceof ApiError, status: error.status, message: error.message };
}

console.log(
  JSON.stringify({
    text: whole.text,
    finishReason: whole.candidates[0].finishReason,
    usage: whole.usageMetadata,
    streamedText: chunks.map((chunk) => chunk.text ?? "").join(""),
    chunks: chunks.length,
    lastFinishReason: chunks.at(-1).candidates[0].finishReason,
    totalTokens: counted.totalTokens,
    name: described.name,
    listed,
    chatText: answer.text,
    refused,
  }),
);
