// What both of LangChain's packages are asked.
import assert from "node:assert/strict";
import { HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { tool } from "@langchain/core/tools";
import { z } from "zod";
import { assertRecipe, errorOf, png, prompt, recipeSchema } from "./steps.mjs";

const schema = z.object({ name: z.string(), minutes: z.number().int().min(1).max(90) });
const cook = tool(async () => "done", { name: "cook", description: "Cooks", schema });

/** Steps for the models that `modelOf(settings)` makes. */
export const steps = (modelOf) => ({
  invoke: async () => {
    const answer = await modelOf().invoke(prompt);
    assert.ok(answer.text.length > 0);
    assert.equal(answer.usage_metadata.total_tokens, answer.usage_metadata.input_tokens + answer.usage_metadata.output_tokens);
  },
  stream: async () => {
    let text = "";
    for await (const chunk of await modelOf().stream("Tell a story.")) {
      text += chunk.text;
    }
    assert.equal(text, (await modelOf().invoke("Tell a story.")).text);
  },
  "system and history": async () => {
    const first = await modelOf().invoke([new SystemMessage("Be short."), new HumanMessage("Hello")]);
    const messages = [new SystemMessage("Be short."), new HumanMessage("Hello"), first, new HumanMessage(prompt)];
    assert.ok((await modelOf().invoke(messages)).text.length > 0);
  },
  batch: async () => assert.equal((await modelOf().batch([prompt, "Hello"])).length, 2),
  tools: async () => {
    const asked = new HumanMessage("A soup");
    const called = await modelOf({ maxOutputTokens: 80 }).bindTools([cook], { tool_choice: "any" }).invoke([asked]);
    assert.ok(called.tool_calls.length > 0);
    called.tool_calls.forEach((call) => assertRecipe(call.args));
    const results = called.tool_calls.map(({ id, name }) => new ToolMessage({ tool_call_id: id, name, content: "done" }));
    assert.ok(await modelOf().bindTools([cook]).invoke([asked, called, ...results]));
  },
  "structured output": async () => {
    const structured = modelOf({ maxOutputTokens: 60 }).withStructuredOutput(recipeSchema, { method: "jsonSchema" });
    assertRecipe(await structured.invoke("A soup"));
  },
  "inline image": async () => {
    const url = "data:image/png;base64," + png().toString("base64");
    const content = [{ type: "image_url", image_url: { url } }, { type: "text", text: "What is this?" }];
    assert.ok((await modelOf().invoke([new HumanMessage({ content })])).text.length > 0);
  },
  errors: async () => assert.match(String(await errorOf(() => modelOf({ model: "no-such-model" }).invoke(prompt))), /404|not found/i),
});
