// Chats, streams, calls, responds and sees errors, then prints what came back as one JSON object. Usage: node check.mjs STORIES_URL GEMMA_URL
import OpenAI from "openai";

const [stories, gemma] = process.argv.slice(2);
const client = new OpenAI({ apiKey: "any", baseURL: `${stories}/v1beta/openai/` });
const calling = new OpenAI({ apiKey: "any", baseURL: `${gemma}/openai/v1` });

const story = {
  model: "gemini-pro",
  messages: [{ role: "user", content: "Once upon a time" }],
  temperature: 0,
  max_completion_tokens: 24,
};
const whole = await client.chat.completions.create(story);

const chunks = [];
const stream = await client.chat.completions.create({ ...story, stream: true, stream_options: { include_usage: true } });
for await (const chunk of stream) {
  chunks.push(chunk);
}

const helped = await client.chat.completions.stream(story).finalChatCompletion();

const schema = {
  type: "object",
  properties: { name: { type: "string", maxLength: 8 }, age: { type: "integer", minimum: 1, maximum: 120 } },
  required: ["name", "age"],
  additionalProperties: false,
};
const person = await client.chat.completions.create({
  ...story,
  max_completion_tokens: 60,
  response_format: { type: "json_schema", json_schema: { name: "person", strict: true, schema } },
});

const tools = [{ type: "function", function: { name: "person", parameters: schema, strict: true } }];
const question = {
  model: "gemini-pro",
  messages: [{ role: "user", content: "Who is it?" }],
  tools,
  tool_choice: "required",
  parallel_tool_calls: false,
  seed: 1,
  max_completion_tokens: 120,
};
const called = await calling.chat.completions.create(question);
const calledInStream = await calling.chat.completions.stream(question).finalChatCompletion();

const ask = { model: "gemini-pro", input: "Once upon a time", temperature: 0, max_output_tokens: 24 };
const response = await client.responses.create(ask);
const responseStream = client.responses.stream(ask);
const eventTypes = new Set();
for await (const event of responseStream) {
  eventTypes.add(event.type);
}
const streamedResponse = await responseStream.finalResponse();

const responseCall = await calling.responses
  .stream({
    model: "gemini-pro",
    input: [{ role: "user", content: "Who is it?" }],
    tools: [{ type: "function", name: "person", parameters: schema, strict: true }],
    tool_choice: "required",
    parallel_tool_calls: false,
    temperature: 0,
    max_output_tokens: 120,
  })
  .finalResponse();

const listed = [];
for await (const model of client.models.list()) {
  listed.push(model.id);
}
const described = await client.models.retrieve("stories260K");

async function refusal(request) {
  try {
    await request();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status, code: error.code, param: error.param, message: error.message };
  }
}

console.log(
  JSON.stringify({
    text: whole.choices[0].message.content,
    finishReason: whole.choices[0].finish_reason,
    usage: whole.usage,
    streamedText: chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? "").join(""),
    chunks: chunks.length,
    streamedUsage: chunks.at(-1).usage,
    helpedText: helped.choices[0].message.content,
    person: JSON.parse(person.choices[0].message.content),
    call: called.choices[0],
    streamedCall: calledInStream.choices[0],
    responseText: response.output_text,
    responseStatus: response.status,
    eventTypes: [...eventTypes],
    streamedResponseText: streamedResponse.output_text,
    responseCall: responseCall.output,
    listed,
    described: described.id,
    unknownModel: await refusal(() => client.chat.completions.create({ ...story, model: "gpt-none" })),
    wrongValue: await refusal(() => client.chat.completions.create({ ...story, top_p: 2 })),
    noMemory: await refusal(() => client.responses.create({ ...ask, previous_response_id: "resp_1" })),
  }),
);
