import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { AssistantMessage, AssistantMessageEvent, Message } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { mantleServer } from "./mantle-server.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../shared/data");
const folder = path.join(data, "recordings/pydantic-ai");

interface Recording {
  readonly name: string;
  readonly request: {
    readonly instructions?: string;
    readonly model: string;
    readonly tools?: readonly { readonly name: string; readonly parameters: object }[];
    readonly input: readonly Item[];
  };
  readonly sse: string;
}
type Item = Readonly<Record<string, unknown>>;

const recordings: Recording[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .sort()
      .map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Recording & { operation: string })
      .filter(({ operation, sse }) => operation.endsWith("/responses") && sse)
  : [];

const framesOf = (sse: string): Item[] =>
  sse.split("\n").flatMap((line) => (line.startsWith("data: ") ? [JSON.parse(line.slice(6)) as Item] : []));
/** The finished response, as the service tells it at the end. */
const finished = (sse: string) =>
  framesOf(sse).at(-1)?.["response"] as { output: Item[]; usage: Record<string, number>; status: string };
const textOf = ({ content }: Item): string => (content as Item[]).map(({ text }) => text).join("");

/** The body in pieces of so many bytes, letters and lines cut wherever that falls. */
const pieces = (text: string, size: number) => (response: import("node:http").ServerResponse) => {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) response.write(bytes.subarray(at, at + size));
  response.end();
};

describe.skipIf(recordings.length === 0)("a recorded stream of responses", () => {
  const tools =
    recordings[0]?.request.tools?.map(({ name, parameters }) => ({ name, description: "", parameters })) ?? [];
  const variants: readonly (readonly [string, (text: string) => string, number])[] = [
    ["as it was", (text) => text, 1 << 20],
    ["in pieces of 7 bytes", (text) => text, 7],
    ["with CRLF", (text) => text.replaceAll("\n", "\r\n"), 100],
    ["with CR", (text) => text.replaceAll("\n", "\r"), 100],
    ["with a byte order mark", (text) => `\u{FEFF}${text}`, 5],
  ];

  it.each(variants)("replays exactly, %s", async (_, change, size) => {
    for (const { request, sse } of recordings) {
      await using server = await mantleServer(pieces(change(sse), size));
      const messages: Message[] = [{ role: "user", content: "Follow the tool instructions.", timestamp: 1 }];
      const stream = server.mantle().stream({ model: request.model, messages, tools });
      const events: AssistantMessageEvent[] = [];
      for await (const event of stream) events.push(event);
      const message = await stream.result();
      const { output, usage } = finished(sse);
      const said = output.filter(({ type }) => type === "message").map(textOf);
      expect(message.content.flatMap((part) => (part.type === "text" ? part.text : []))).toEqual(said);
      const deltas = framesOf(sse).flatMap(({ type, delta }) =>
        type === "response.output_text.delta" ? String(delta) : [],
      );
      expect(events.flatMap((event) => (event.type === "text_delta" ? event.delta : []))).toEqual(deltas);
      const calls = output.filter(({ type }) => type === "function_call");
      const ours = message.content.flatMap((part) => (part.type === "toolCall" ? part : []));
      expect(ours.map(({ name, arguments: input }) => [name, input])).toEqual(
        calls.map(({ name, arguments: input }) => [name, JSON.parse(String(input))]),
      );
      const { input, cacheRead, cacheWrite } = message.usage;
      expect(input + cacheRead + cacheWrite).toBe(usage["input_tokens"]);
      expect(message.usage).toMatchObject({
        output: usage["output_tokens"],
        totalTokens: usage["total_tokens"],
      });
      expect(message.stopReason).toBe(calls.length > 0 ? "toolUse" : "stop");
    }
  });

  it("in a conversation of its own sends back calls, results and reasoning as they came, under ids that do not repeat", async () => {
    await using server = await mantleServer(...recordings.map(({ sse }) => pieces(sse, 1 << 16)));
    const mantle = server.mantle();
    const messages: Message[] = [{ role: "user", content: "Follow the tool instructions.", timestamp: 1 }];
    const answers: AssistantMessage[] = [];
    for (const { request } of recordings) {
      const answer = await mantle.stream({ model: request.model, system: "Call them.", messages, tools }).result();
      answers.push(answer);
      messages.push(answer);
      for (const part of answer.content) {
        if (part.type !== "toolCall") continue;
        const content = [{ type: "text" as const, text: `${part.name} result` }];
        messages.push({
          role: "toolResult",
          toolCallId: part.id,
          toolName: part.name,
          content,
          isError: false,
          timestamp: 2,
        });
      }
    }
    const ids = answers.flatMap(({ content }) => content.flatMap((part) => (part.type === "toolCall" ? part.id : [])));
    expect(new Set(ids).size).toBe(2);
    const last = server.requests.at(-1)?.body as { readonly input: readonly Item[] };
    const recorded = recordings.at(-1)?.request.input ?? [];
    const shape = (item: Item) => [item["type"] ?? item["role"], item["name"], item["encrypted_content"]];
    expect(last.input.map(shape)).toEqual(recorded.map(shape));
    const reasoning = last.input.find(({ type }) => type === "reasoning");
    expect(reasoning).toEqual(recorded.find(({ type }) => type === "reasoning"));
    expect(last.input.filter(({ type }) => type === "function_call").map((item) => item["call_id"])).toEqual(ids);
  });
});
