// LangChain's @langchain/google, which speaks HTTP itself.
import { ChatGoogle } from "@langchain/google/node";
import { steps } from "./langchain-steps.mjs";
import { baseUrl, key, model, run } from "./steps.mjs";

const base = { apiKey: key, model, endpoint: baseUrl, platformType: "gai", temperature: 0, maxOutputTokens: 24, maxRetries: 0 };

await run(steps((settings = {}) => new ChatGoogle({ ...base, ...settings })));
