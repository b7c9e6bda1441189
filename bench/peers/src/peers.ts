import { createAmazonBedrock } from "@ai-sdk/amazon-bedrock";
import { BedrockRuntimeClient } from "@aws-sdk/client-bedrock-runtime";
import { stream as piStream } from "@earendil-works/pi-ai/api/bedrock-converse-stream";
import { ChatBedrockConverse } from "@langchain/aws";
import type { StreamClient } from "../../src/converse/clients.ts";
import type { Ports } from "../../src/converse/stub.ts";

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" };
const region = "us-east-1";
type PiContext = Parameters<typeof piStream>[1];

const close = (): void => {};

/** The libraries that people would otherwise use, each as it comes: its own HTTP and its own defaults. */
export function peers(ports: Ports): StreamClient[] {
  // pi-ai has no option for keys: it reads the environment, as the AWS SDK does.
  process.env["AWS_ACCESS_KEY_ID"] = credentials.accessKeyId;
  process.env["AWS_SECRET_ACCESS_KEY"] = credentials.secretAccessKey;
  return [aiSdk(ports), piAi(ports), langChain(ports)];
}

function aiSdk(ports: Ports): StreamClient {
  const bedrock = createAmazonBedrock({ region, ...credentials, baseURL: `http://127.0.0.1:${ports.http1}` });
  return {
    name: "AI SDK doStream",
    async read(model, onFirst) {
      let deltas = 0;
      const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
      const { stream } = await bedrock(model).doStream({ prompt });
      for await (const part of stream) if (part.type.endsWith("-delta") && deltas++ === 0) onFirst?.();
      return deltas;
    },
    close,
  };
}

function piAi(ports: Ports): StreamClient {
  return {
    name: "pi-ai",
    async read(id, onFirst) {
      let deltas = 0;
      const model = {
        id,
        name: id,
        api: "bedrock-converse-stream" as const,
        provider: "amazon-bedrock",
        baseUrl: `http://127.0.0.1:${ports.http2}`,
        reasoning: false,
        input: ["text" as const],
        cost: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
        contextWindow: 200_000,
        maxTokens: 4096,
      };
      // Its own builder of transcripts brands them; this one is what that gives.
      const context = { messages: [{ role: "user", content: "hi", timestamp: 0 }] } as unknown as PiContext;
      for await (const event of piStream(model, context, { region })) {
        if ("delta" in event && deltas++ === 0) onFirst?.();
        if (event.type === "error") throw new Error(event.error.errorMessage);
      }
      return deltas;
    },
    close,
  };
}

function langChain(ports: Ports): StreamClient {
  const client = new BedrockRuntimeClient({ region, credentials, endpoint: `http://127.0.0.1:${ports.http2}` });
  const models = new Map<string, ChatBedrockConverse>();
  return {
    name: "LangChain",
    async read(model, onFirst) {
      let deltas = 0;
      const chat = models.get(model) ?? new ChatBedrockConverse({ model, region, credentials, client });
      models.set(model, chat);
      for await (const _ of await chat.stream("hi")) if (deltas++ === 0) onFirst?.();
      return deltas;
    },
    close,
  };
}
