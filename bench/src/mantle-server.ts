// A process of its own that answers every request with a stream of server-sent events, written ahead. The request's path says
// the API, its model (`text-5000`, `tool-5000`) what it holds. Gives its port to its parent.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

const WRITE_BYTES = 16 * 1024;
const word = (n: number): string => ` word${n % 97}`;

type Script = (kind: string, deltas: number) => readonly object[];

const chat: Script = (kind, deltas) => {
  const chunk = (delta: object, finish_reason: string | null = null): object => ({
    id: "chatcmpl-0123456789abcdef",
    object: "chat.completion.chunk",
    created: 1_767_225_600,
    model: "bench",
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    usage: null,
  });
  const piece = (n: number): object => {
    if (kind === "text") return chunk({ content: word(n) });
    const call = n === 0 ? { id: "call_0", type: "function", function: { name: "write", arguments: '{"text":"' } } : {};
    const input = n === deltas - 1 ? '"}' : word(n);
    return chunk({ tool_calls: [{ index: 0, function: { arguments: input }, ...call }] });
  };
  return [
    chunk({ role: "assistant", content: "" }),
    ...Array.from({ length: deltas }, (_, n) => piece(n)),
    chunk({}, kind === "text" ? "stop" : "tool_calls"),
    { ...chunk({}), choices: [], usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 } },
  ];
};

const responses: Script = (kind, deltas) => {
  const item =
    kind === "text"
      ? { type: "message", id: "msg_1", role: "assistant", status: "in_progress", content: [] }
      : { type: "function_call", id: "fc_1", call_id: "call_0", name: "write", arguments: "" };
  const type = kind === "text" ? "response.output_text.delta" : "response.function_call_arguments.delta";
  const delta = (n: number): string => {
    if (kind === "text") return word(n);
    return n === 0 ? '{"text":"' : n === deltas - 1 ? '"}' : word(n);
  };
  const response = { id: "resp_1", object: "response", model: "bench", output: [], status: "in_progress" };
  const at = { item_id: "item_1", output_index: 0, content_index: 0, obfuscation: "" };
  const usage = { input_tokens: 10, output_tokens: 20, total_tokens: 30 };
  return [
    { type: "response.created", response },
    { type: "response.output_item.added", output_index: 0, item },
    ...Array.from({ length: deltas }, (_, n) => ({ type, ...at, delta: delta(n) })),
    { type: "response.output_item.done", output_index: 0, item: { ...item, status: "completed" } },
    { type: "response.completed", response: { ...response, status: "completed", usage } },
  ].map((event, sequence_number) => ({ ...event, sequence_number }));
};

const bodies = new Map<string, Buffer[]>();

function bodyOf(path: string, model: string): Buffer[] {
  const key = `${path} ${model}`;
  const known = bodies.get(key);
  if (known) return known;
  const [, kind = "text", deltas = "1000"] = /(text|tool)-(\d+)$/u.exec(model) ?? [];
  const isChat = path.endsWith("/chat/completions");
  const frames = (isChat ? chat : responses)(kind, Number(deltas));
  const named = (frame: object): string => (isChat || !("type" in frame) ? "" : `event: ${String(frame.type)}\n`);
  const text = frames.map((frame) => `data: ${JSON.stringify(frame)}\n${named(frame)}\n`).join("");
  const all = Buffer.from(isChat ? `${text}data: [DONE]\n\n` : text);
  const pieces = Array.from({ length: Math.ceil(all.length / WRITE_BYTES) }, (_, n) =>
    all.subarray(n * WRITE_BYTES, (n + 1) * WRITE_BYTES),
  );
  bodies.set(key, pieces);
  return pieces;
}

async function modelOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return (JSON.parse(body) as { readonly model: string }).model;
}

const server = createServer((request, response) => {
  void modelOf(request).then((model) => {
    response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "bench" });
    for (const piece of bodyOf(request.url ?? "", model)) response.write(piece);
    response.end();
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
