// LangChain's @langchain/google-genai, over the SDK of google-generative-ai.mjs.
import { ChatGoogleGenerativeAI } from "@langchain/google-genai";
import { steps } from "./langchain-steps.mjs";
import { baseUrl, key, model, run } from "./steps.mjs";

const base = { apiKey: key, model, baseUrl, temperature: 0, maxOutputTokens: 24, maxRetries: 0 };

await run(steps((settings = {}) => new ChatGoogleGenerativeAI({ ...base, ...settings })));
