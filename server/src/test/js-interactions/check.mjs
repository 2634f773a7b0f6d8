// Asks, streams, goes on, calls, waits, cancels and sees errors, then prints what came back as one JSON object. Usage: node check.mjs STORIES_URL GEMMA_URL
import { GoogleGenAI } from "@google/genai";

const [stories, gemma] = process.argv.slice(2);
const interactions = new GoogleGenAI({ apiKey: "any", httpOptions: { baseUrl: stories } }).interactions;
const calling = new GoogleGenAI({ apiKey: "any", httpOptions: { baseUrl: gemma } }).interactions;

const story = {
  model: "gemini-pro",
  input: "Once upon a time",
  generation_config: { temperature: 0, max_output_tokens: 24 },
};
const whole = await interactions.create(story);
const got = await interactions.get(whole.id);

const events = [];
for await (const event of await interactions.create({ ...story, stream: true })) {
  events.push(event);
}
const replayed = [];
for await (const event of await interactions.get(whole.id, { stream: true })) {
  replayed.push(event);
}
const next = await interactions.create({ ...story, previous_interaction_id: whole.id });

let later = await interactions.create({ ...story, background: true });
const laterAtFirst = later.status;
while (["queued", "in_progress"].includes(later.status)) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  later = await interactions.get(later.id);
}
const long = await interactions.create({ ...story, background: true, generation_config: { max_output_tokens: 480 } });
const cancelled = await interactions.cancel(long.id);

const called = await calling.create({
  model: "gemini-pro",
  input: "Who is it?",
  generation_config: { temperature: 0, max_output_tokens: 160, tool_choice: "any" },
  tools: [
    {
      type: "function",
      name: "person",
      parameters: {
        type: "object",
        properties: { name: { type: "string", maxLength: 8 }, age: { type: "integer", minimum: 1, maximum: 120 } },
        required: ["name", "age"],
      },
    },
  ],
});

async function refusal(request) {
  try {
    await request();
    return null;
  } catch (error) {
    return { name: error.constructor.name, message: error.message };
  }
}

await interactions.delete(whole.id);

const text = (told) => told.map((event) => event.delta?.text ?? "").join("");
console.log(
  JSON.stringify({
    text: whole.output_text,
    gotText: got.output_text,
    status: whole.status,
    streamedText: text(events),
    eventTypes: [...new Set(events.map((event) => event.event_type))],
    replayedText: text(replayed),
    previous: next.previous_interaction_id === whole.id,
    laterAtFirst,
    laterText: later.output_text,
    cancelled: cancelled.status,
    called: { status: called.status, step: called.steps.at(-1) },
    deleted: await refusal(() => interactions.get(whole.id)),
    hosted: await refusal(() => interactions.create({ ...story, tools: [{ type: "google_search" }] })),
  }),
);
