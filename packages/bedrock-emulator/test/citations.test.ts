import {
  type ContentBlock,
  ConverseCommand,
  ConverseStreamCommand,
  type ConverseStreamOutput,
  type DocumentSource,
} from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { runtimeClient, sonnet45 } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const policy = "Employees get 20 days of leave. Ask your manager for details.";
const asked = (format: "txt" | "pdf", source: DocumentSource, question: string, enabled = true) => ({
  modelId: sonnet45,
  messages: [
    {
      role: "user" as const,
      content: [
        { document: { format, name: "policy", source, citations: { enabled } } },
        { text: question },
      ] satisfies ContentBlock[],
    },
  ],
});

async function streamed(input: ReturnType<typeof asked>): Promise<ConverseStreamOutput[]> {
  const answer = await runtimeClient(emulator).send(new ConverseStreamCommand(input));
  const events: ConverseStreamOutput[] = [];
  for await (const event of answer.stream ?? []) events.push(event);
  return events;
}

async function whole(input: ReturnType<typeof asked>): Promise<ContentBlock[]> {
  const answer = await runtimeClient(emulator).send(new ConverseCommand(input));
  return answer.output?.message?.content ?? [];
}

describe("documents with citations enabled", () => {
  it("stream a citation before the text that rests on it, in a block of its own without a start", async () => {
    const events = await streamed(asked("txt", { text: policy }, "Who has the details?"));
    expect(events.some((event) => event.contentBlockStart)).toBe(false);
    const deltas = events.flatMap((event) => event.contentBlockDelta ?? []);
    const cited = deltas.filter((delta) => delta.contentBlockIndex === 1).map(({ delta }) => delta);
    expect(cited[0]).toEqual({
      citation: {
        title: "policy",
        sourceContent: [{ text: "Ask your manager for details." }],
        location: { documentChar: { documentIndex: 0, start: 32, end: 61 } },
      },
    });
    expect(
      cited
        .slice(1)
        .map((delta) => delta?.text)
        .join(""),
    ).toBe("Ask your manager for details.");
    expect(policy.slice(32, 61)).toBe("Ask your manager for details.");
  });

  it("answer whole with citationsContent, and the answer can be sent back", async () => {
    const input = asked("txt", { content: [{ text: "Leave is 20 days." }, { text: "Noise is bad." }] }, "And leave?");
    const content = await whole(input);
    expect(content).toMatchObject([
      { text: "According to policy: " },
      {
        citationsContent: {
          content: [{ text: "Leave is 20 days." }],
          citations: [{ title: "policy", location: { documentChunk: { documentIndex: 0, start: 0, end: 1 } } }],
        },
      },
    ]);
    const next = {
      ...input,
      messages: [
        ...input.messages,
        { role: "assistant" as const, content },
        { role: "user" as const, content: [{ text: "Thanks" }] },
      ],
    };
    const again = await runtimeClient(emulator).send(new ConverseCommand(next));
    expect(again.stopReason).toBe("end_turn");
  });

  it("cite the page of a document that is not read", async () => {
    const content = await whole(asked("pdf", { bytes: Buffer.from("%PDF-1.4") }, "What is it?"));
    expect(content[1]?.citationsContent?.citations?.[0]?.location).toEqual({
      documentPage: { documentIndex: 0, start: 1, end: 2 },
    });
  });

  it("are not cited where citations are off", async () => {
    const input = asked("txt", { text: policy }, "What?", false);
    expect(JSON.stringify(await whole(input))).not.toContain("citation");
  });
});

describe("documents with citations enabled in Claude's own bodies", () => {
  const ask = async (stream: boolean, source: object) => {
    const document = { type: "document", title: "policy", source, citations: { enabled: true } };
    const content = [document, { type: "text", text: "Who has the details?" }];
    const answer = await fetch(`${emulator.url}/anthropic/v1/messages`, {
      method: "POST",
      headers: { authorization: `Bearer ${emulator.bearerToken}` },
      body: JSON.stringify({
        model: "anthropic.claude-opus-4-7",
        max_tokens: 99,
        stream,
        messages: [{ role: "user", content }],
      }),
    });
    return answer.text();
  };
  const text = { type: "text", media_type: "text/plain", data: policy };
  const citation = {
    type: "char_location",
    cited_text: "Ask your manager for details.",
    document_index: 0,
    document_title: "policy",
    start_char_index: 32,
    end_char_index: 61,
  };

  it("answer whole with the citations of a text block", async () => {
    expect(JSON.parse(await ask(false, text)).content).toEqual([
      { type: "text", text: "According to policy: " },
      { type: "text", text: "Ask your manager for details.", citations: [citation] },
    ]);
    const chunks = { type: "content", content: [{ type: "text", text: "The details are here." }] };
    expect(JSON.parse(await ask(false, chunks)).content[1].citations[0]).toMatchObject({
      type: "content_block_location",
      start_block_index: 0,
      end_block_index: 1,
    });
  });

  it("stream a citation after the text of its block", async () => {
    const events = (await ask(true, text)).split("\n\n").flatMap((event) => event.split("data: ")[1] ?? []);
    const deltas = events.map((event) => JSON.parse(event)).filter(({ type }) => type === "content_block_delta");
    expect(deltas.at(-1)).toEqual({
      type: "content_block_delta",
      index: 1,
      delta: { type: "citations_delta", citation },
    });
    expect(deltas.at(-2).delta.type).toBe("text_delta");
  });
});

describe("the code interpreter of Nova 2", () => {
  const input = {
    modelId: "us.amazon.nova-2-lite-v1:0",
    messages: [{ role: "user" as const, content: [{ text: "What is 1200 * 5?" }] }],
    toolConfig: { tools: [{ systemTool: { name: "nova_code_interpreter" } }] },
  };

  it("is used and answered in the assistant's own turn", async () => {
    const { output } = await runtimeClient(emulator).send(new ConverseCommand(input));
    expect(output?.message?.content).toMatchObject([
      { toolUse: { name: "nova_code_interpreter", type: "server_tool_use", input: { snippet: "1200 * 5" } } },
      {
        toolResult: {
          status: "success",
          type: "nova_code_interpreter_result",
          content: [{ json: { stdOut: "6000", stdErr: "", exitCode: 0, isError: false } }],
        },
      },
      { text: "1200 * 5 = 6000" },
    ]);
    const content = output?.message?.content ?? [];
    const messages = [...input.messages, { role: "assistant" as const, content }, ...input.messages];
    await expect(runtimeClient(emulator).send(new ConverseCommand({ ...input, messages }))).resolves.toBeDefined();
  });

  it("streams its result as a list", async () => {
    const answer = await runtimeClient(emulator).send(new ConverseStreamCommand(input));
    const events: ConverseStreamOutput[] = [];
    for await (const event of answer.stream ?? []) events.push(event);
    const starts = events.flatMap((event) => event.contentBlockStart?.start ?? []);
    expect(starts).toMatchObject([
      { toolUse: { type: "server_tool_use" } },
      { toolResult: { status: "success", type: "nova_code_interpreter_result" } },
    ]);
    const results = events.flatMap((event) => event.contentBlockDelta?.delta?.toolResult ?? []);
    expect(results).toEqual([{ json: { stdOut: "6000", stdErr: "", exitCode: 0, isError: false } }]);
  });
});
