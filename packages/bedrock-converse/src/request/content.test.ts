import type { Message, ToolResultMessage, UserContent } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { answer, png } from "../../test/random-transcripts.ts";
import { readModel } from "../model/read-model.ts";
import type { ConverseRequest } from "../types.ts";
import { buildRequest } from "./build-request.ts";

const NOVA = "us.amazon.nova-2-lite-v1:0";
const SONNET = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";
const LLAMA = "us.meta.llama3-3-70b-instruct-v1:0";
const PIXTRAL = "us.mistral.pixtral-large-2502-v1:0";

const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");
const user = (...content: UserContent[]): Message => ({ role: "user", content, timestamp: 0 }) as Message;
const say = (text: string) => ({ type: "text" as const, text });
const image = (data: string, mimeType = "image/png") => ({ type: "image" as const, data, mimeType });
const document = (name: string, data = base64("%PDF-1.7"), format = "pdf") => ({
  type: "document" as const,
  data,
  format,
  name,
});
const look = { name: "look", description: "Looks.", parameters: { type: "object" } };
const result = (content: ToolResultMessage["content"], isError = false): Message[] => [
  user(say("x")),
  answer([{ type: "toolCall", id: "a", name: "look", arguments: {} }], "x"),
  { role: "toolResult", toolCallId: "a", toolName: "look", content, isError, timestamp: 0 },
];

function built(id: string, messages: Message[], request: Partial<ConverseRequest> = {}) {
  const model = readModel(id);
  return buildRequest({ model, messages, cacheRetention: "none", tools: [look], ...request }, model);
}
const last = (id: string, messages: Message[], request?: Partial<ConverseRequest>) =>
  built(id, messages, request).input.messages?.at(-1)?.content ?? [];

/** The head of a PNG of that size. */
function pngOf(width: number, height: number): string {
  const bytes = Buffer.from(png(""), "base64");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes.toString("base64");
}

const GIF = base64(Buffer.concat([Buffer.from("GIF89a"), Buffer.from([1, 0, 1, 0])]));
const JPEG = base64(Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0x23, 0x28, 0, 10, 1, 0, 0, 0]));
const WEBP = base64(
  Buffer.concat([Buffer.from("RIFF\0\0\0\0WEBPVP8X"), Buffer.from([10, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 9, 0, 0])]),
);

describe("images", () => {
  it.each([
    ["png", png("")],
    ["gif", GIF],
    ["webp", WEBP],
  ])("are sent as the %s that their bytes are", (format, data) => {
    const [block] = last(SONNET, [user(image(data, "image/jpeg"))]);
    expect(block?.image).toEqual({ format, source: { bytes: Buffer.from(data, "base64") } });
  });

  it.each([
    ["more than 8000 pixels a side", pngOf(8001, 10), /8001 pixels a side are more than 8000/u],
    ["more pixels in a JPEG", JPEG, /9000 pixels/u],
    [
      "more than 3.75 MB",
      base64(Buffer.concat([Buffer.from(png(""), "base64"), Buffer.alloc(3_932_160)])),
      /3\.75 MB/u,
    ],
    ["no image", base64("hello"), /no image that Bedrock takes/u],
    ["no base64", "\u0000!!", /not base64/u],
  ])("with %s leave a note that says why", (_, data, why) => {
    const { input, changes } = built(SONNET, [user(image(data))]);
    expect(input.messages?.[0]?.content?.[0]?.text).toMatch(why);
    expect(changes).toMatchObject([{ kind: "media-left-out", message: 0, block: 0 }]);
  });

  it("of more than 2000 pixels a side leave a note where Claude gets more than 20 of them", () => {
    const many = Array.from({ length: 20 }, () => image(png("")));
    expect(built(SONNET, [user(...many, image(pngOf(3000, 10)))]).changes).toMatchObject([{ block: 20 }]);
    expect(built(SONNET, [user(...many.slice(1), image(pngOf(3000, 10)))]).changes).toEqual([]);
  });

  it("are read from S3 by a model that can, and noted for one that cannot", () => {
    const stored = { ...image("", "image/jpeg"), s3: { uri: "s3://bucket/kiwi.jpg", bucketOwner: "123456789012" } };
    expect(last(NOVA, [user(stored)])[0]?.image).toEqual({ format: "jpeg", source: { s3Location: stored.s3 } });
    expect(last(SONNET, [user(stored)])[0]?.text).toContain("reads none from S3");
  });

  it("are noted for a model that sees none", () => {
    expect(last(LLAMA, [user(image(png("")))])[0]?.text).toBe("(An image was left out: this model takes none.)");
  });
});

describe("documents", () => {
  it("have names in the service's alphabet, each once in the whole request, and words beside them", () => {
    const messages = [
      user(document("Brief: März/1.pdf"), document("Brief: März/1.pdf")),
      answer([say("ok")], "x"),
      user(document("Brief: März/1.pdf")),
    ];
    const { input } = built(SONNET, messages);
    const names = input.messages?.flatMap(
      ({ content }) => content?.flatMap((block) => block.document?.name ?? []) ?? [],
    );
    expect(names).toEqual(["Brief- März-1-pdf", "Brief- März-1-pdf (2)", "Brief- März-1-pdf (3)"]);
    for (const { role, content } of input.messages ?? []) {
      if (role === "user") expect(content?.some(({ text }) => text !== undefined)).toBe(true);
    }
  });

  it("beyond five are told as text where they can be read, the earliest first, and noted where not", () => {
    const texts = Array.from({ length: 4 }, (_, n) => document(`n${n}`, base64(`words ${n}`), "txt"));
    const { input, changes } = built(SONNET, [user(say("x"), document("old"), ...texts, document("p"), document("q"))]);
    const [, note, told, ...rest] = input.messages?.[0]?.content ?? [];
    expect(note?.text).toBe('(The document "old" was left out: a request takes 5 documents at most.)');
    expect(told?.text).toBe('Document "n0":\nwords 0');
    expect(rest.filter((block) => block.document)).toHaveLength(5);
    expect(changes.map(({ kind }) => kind)).toEqual(["media-left-out", "document-as-text"]);
  });

  it("are told as text to a model that takes none", () => {
    expect(last(LLAMA, [user(document("notes", base64("# Hi"), "md"))])[0]?.text).toBe('Document "notes":\n# Hi');
  });

  it("of more than 4.5 MB are noted, but for PDFs that Claude 4 takes", () => {
    const big = (head: string) => base64(Buffer.concat([Buffer.from(head), Buffer.alloc(4_718_592)]));
    expect(last(SONNET, [user(say("x"), document("a", big("%PDF-"), "pdf"))])[1]?.document?.name).toBe("a");
    expect(last(SONNET, [user(say("x"), document("a", big("PK"), "docx"))])[1]?.text).toContain("more than 4.5 MB");
    expect(
      last("us.anthropic.claude-3-7-sonnet-20250219-v1:0", [user(say("x"), document("a", big("%PDF-"), "pdf"))])[1]
        ?.text,
    ).toContain("4.5 MB");
  });

  it("come as text, in pieces or from S3, with a context and citations", () => {
    const common = { type: "document" as const, data: "", format: "txt" };
    const s3 = { uri: "s3://bucket/a.txt" };
    const blocks = last(NOVA, [
      user(
        say("x"),
        { ...common, name: "a", text: "words", context: "a policy", citations: true },
        { ...common, name: "b", chunks: ["one", "two"] },
        { ...common, name: "c", s3 },
      ),
    ]);
    expect(blocks.map(({ document: sent }) => sent?.source).slice(1)).toEqual([
      { text: "words" },
      { content: [{ text: "one" }, { text: "two" }] },
      { s3Location: s3 },
    ]);
    expect(blocks[1]?.document).toMatchObject({ context: "a policy", citations: { enabled: true } });
  });
});

describe("videos", () => {
  it("are sent by their bytes or from S3, in the service's word for the format", () => {
    const bytes = { type: "video" as const, data: base64("video"), format: "video/quicktime" };
    const stored = { type: "video" as const, data: "", format: "mp4", s3: { uri: "s3://bucket/a.mp4" } };
    expect(last(NOVA, [user(say("x"), bytes, stored)]).slice(1)).toEqual([
      { video: { format: "mov", source: { bytes: Buffer.from("video") } } },
      { video: { format: "mp4", source: { s3Location: stored.s3 } } },
    ]);
    expect(last(SONNET, [user(say("x"), bytes)])[1]?.text).toBe("(A video was left out: this model takes none.)");
    expect(last(NOVA, [user({ ...bytes, format: "avi" })])[0]?.text).toContain("does not take the format avi");
  });
});

describe("results of tools", () => {
  it("hold text, JSON, images and documents where the model takes them", () => {
    const content = [say("ok"), { type: "json" as const, json: { a: 1 } }, image(png("")), document("a")];
    const [block] = last(SONNET, result(content));
    expect(block?.toolResult?.content?.map((part) => Object.keys(part)[0])).toEqual([
      "text",
      "json",
      "image",
      "document",
    ]);
    expect(block?.toolResult?.status).toBe("success");
  });

  it("have what the model refuses inside put beside them, with a line that says whose it is", () => {
    const { input, changes } = built(NOVA, result([say("ok"), document("a")]));
    expect(input.messages?.at(-1)?.content).toMatchObject([
      { toolResult: { content: [{ text: "ok" }] } },
      { text: "(Attached to the result of look:)" },
      { document: { name: "a" } },
    ]);
    expect(changes).toMatchObject([{ kind: "result-lifted", message: 2 }]);
  });

  it("that are errors hold no image", () => {
    const [block, , lifted] = last(SONNET, result([say("failed"), image(png(""))], true));
    expect(block?.toolResult).toMatchObject({ status: "error", content: [{ text: "failed" }] });
    expect(lifted?.image?.format).toBe("png");
  });

  it("say that the call failed in words where a model takes no status", () => {
    expect(last("us.writer.palmyra-x5-v1:0", result([say("oops")], true))).toEqual([
      { toolResult: { toolUseId: "a", content: [{ text: "(The call failed.)" }, { text: "oops" }] } },
    ]);
  });

  it("keep a document inside for a model that takes it nowhere else", () => {
    expect(last(PIXTRAL, result([document("a")]))[0]?.toolResult?.content?.[0]?.document?.name).toBe("a");
  });

  it("stand alone for a model that wants it, and what the user says comes in a turn after", () => {
    const messages = [...result([say("ok")]), user(say("thanks"))];
    expect(built(LLAMA, messages).input.messages?.slice(2)).toEqual([
      { role: "user", content: [{ toolResult: { toolUseId: "a", content: [{ text: "ok" }], status: "success" } }] },
      { role: "assistant", content: [{ text: "(Received.)" }] },
      { role: "user", content: [{ text: "thanks" }] },
    ]);
  });

  it("take a host's volatile context in, for such a model", () => {
    const context: Message = { role: "user", content: "now", timestamp: 0, runtimeContextCarrier: true };
    expect(last(LLAMA, [...result([say("ok")]), context])).toMatchObject([
      { toolResult: { content: [{ text: "ok" }, { text: "now" }] } },
    ]);
  });

  it("that come after a later answer are put behind their call", () => {
    const [first, call, late] = result([say("at last")]);
    if (!first || !call || !late) throw new Error("no messages");
    const messages = [first, call, user(say("well?")), answer([say("wait")], "x"), late];
    const { input, changes } = built(NOVA, messages);
    expect(input.messages?.[2]?.content?.[0]).toMatchObject({ toolResult: { content: [{ text: "at last" }] } });
    expect(changes.map(({ kind }) => kind)).toEqual(["result-moved", "turn-added"]);
  });
});

describe("answers", () => {
  it("give back what they cited", () => {
    const citations = [
      {
        title: "policy",
        sourceContent: [{ text: "20 days" }],
        location: { documentChar: { documentIndex: 0, start: 0, end: 7 } },
      },
    ];
    const messages = [user(say("x")), answer([{ type: "text", text: "20 days.", citations }], SONNET), user(say("y"))];
    expect(built(SONNET, messages).input.messages?.[1]?.content).toEqual([
      { citationsContent: { content: [{ text: "20 days." }], citations } },
    ]);
  });

  it("give back what a tool of the service said, where it is offered again", () => {
    const use = {
      id: "s1",
      name: "nova_code_interpreter",
      input: '{"snippet":"1"}',
      result: [{ json: { stdOut: "1" } }],
    };
    const messages = [user(say("x")), { ...answer([say("1")], NOVA), serverToolUses: [use] }, user(say("y"))];
    const offered = built(NOVA, messages, { systemTools: ["nova_code_interpreter"] }).input;
    expect(offered.toolConfig?.tools?.at(-1)).toEqual({ systemTool: { name: "nova_code_interpreter" } });
    expect(offered.messages?.[1]?.content?.map((block) => Object.keys(block)[0])).toEqual([
      "toolUse",
      "toolResult",
      "text",
    ]);
    expect(built(NOVA, messages).input.messages?.[1]?.content).toEqual([{ text: "1" }]);
  });

  it("end the conversation as a prefill where the model goes on from it, without thinking", () => {
    const messages = [user(say("a poem")), answer([say("Roses are \n")], SONNET)];
    const { input, changes } = built(SONNET, messages);
    expect(input.messages?.at(-1)).toEqual({ role: "assistant", content: [{ text: "Roses are" }] });
    expect(changes).toMatchObject([{ kind: "text-mended", message: 1, block: 0 }]);
    expect(built(SONNET, messages, { thinking: "low" }).input.messages?.at(-1)?.role).toBe("user");
    const responseFormat = { schema: { type: "object" } };
    expect(built(SONNET, messages, { responseFormat }).input.messages?.at(-1)?.role).toBe("user");
    expect(built("us.anthropic.claude-opus-4-7", messages).input.messages?.at(-1)?.role).toBe("user");
  });
});

describe("guarded spans", () => {
  const guardrail = { guardrailIdentifier: "abc123", guardrailVersion: "1" };
  const guarded = (messages: Message[], request: Partial<ConverseRequest> = {}) => {
    const model = readModel(SONNET);
    return buildRequest({ model, messages, cacheRetention: "none", tools: [look], ...request }, model, guardrail).input;
  };

  it("are guardContent blocks, with the qualifiers that say more than the default", () => {
    const messages = [
      user(
        { ...say("source"), guard: ["grounding_source"] },
        { ...say("question"), guard: ["guard_content"] },
        say("rest"),
      ),
      answer([say("ok")], "x"),
      user({ ...image(png("")), guard: ["guard_content"] }, say("more")),
    ];
    const sent = guarded(messages).messages?.flatMap(({ content }) => content ?? []);
    expect(sent).toMatchObject([
      { guardContent: { text: { text: "source", qualifiers: ["grounding_source"] } } },
      { guardContent: { text: { text: "question" } } },
      { text: "rest" },
      { text: "ok" },
      { guardContent: { image: { format: "png" } } },
      { text: "more" },
    ]);
  });

  it("are found by the policy, in the system prompt too if it says so", () => {
    const messages = [user(say("first")), answer([say("ok")], "x"), user(say("second"))];
    const sent = guarded(messages, { system: "Be kind.", guardedSpans: { user: "latest", system: true } });
    expect(sent.system).toEqual([{ guardContent: { text: { text: "Be kind." } } }]);
    expect(sent.messages?.[0]?.content).toEqual([{ text: "first" }]);
    expect(sent.messages?.[2]?.content).toEqual([{ guardContent: { text: { text: "second" } } }]);
  });

  it("of a result stand beside it", () => {
    const sent = guarded(result([say("found")]), { guardedSpans: { user: "none", toolResults: "latest" } });
    expect(sent.messages?.at(-1)?.content).toMatchObject([
      { toolResult: { content: [{ text: "(see the attachment below)" }] } },
      { text: "(Attached to the result of look:)" },
      { guardContent: { text: { text: "found" } } },
    ]);
  });

  it("are plain text without a guardrail", () => {
    expect(last(SONNET, [user({ ...say("x"), guard: ["guard_content"] })])).toEqual([{ text: "x" }]);
  });
});
