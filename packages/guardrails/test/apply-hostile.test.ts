import { describe, expect, it } from "vitest";
import { createGuardrail } from "../src/index.ts";
import { applyServer, judgedText, passed, send } from "./apply-server.ts";

const guardrail = { guardrailIdentifier: "gr1", guardrailVersion: "DRAFT" };
const source = "input" as const;
const blocked = {
  action: "GUARDRAIL_INTERVENED",
  outputs: [{ text: "No." }],
  assessments: [{ wordPolicy: { customWords: [{ match: "w", action: "BLOCKED" }], managedWordLists: [] } }],
};

describe("an answer that does not say that the text may pass", () => {
  it.each([
    [{}, "protocol"],
    [{ action: "SOMETHING_NEW", outputs: [], assessments: [] }, "protocol"],
    [{ Output: { __type: "InternalServerException" } }, "protocol"],
    [
      {
        action: "GUARDRAIL_INTERVENED",
        outputs: [],
        assessments: [{ sensitiveInformationPolicy: { piiEntities: [{ type: "EMAIL", action: "ANONYMIZED" }] } }],
      },
      "protocol",
    ],
  ])("%j is an error", async (body, kind) => {
    await using server = await applyServer((_, response) => send(response, body));
    await expect(createGuardrail({ aws: server.aws, guardrail }).apply({ source, content: "x" })).rejects.toMatchObject(
      {
        kind,
        message: expect.stringContaining("gr1"),
      },
    );
  });

  it.each([
    ["without any finding", []],
    ["by a policy that nobody knows", [{ futurePolicy: { items: [{ action: "BLOCKED" }] } }]],
    [
      "by an unknown list of a known policy beside a mask",
      [
        {
          sensitiveInformationPolicy: {
            piiEntities: [{ type: "EMAIL", action: "ANONYMIZED" }],
            secrets: [{ action: "BLOCKED" }],
          },
        },
      ],
      // The SDK leaves members out that its model does not know: then the reason alone tells.
      "Guardrail blocked.",
    ],
    ["by an action that nobody knows", [{ topicPolicy: { topics: [{ name: "t", action: "REWRITTEN" }] } }]],
  ])("but an intervention %s blocks", async (_, assessments, actionReason?: string) => {
    await using server = await applyServer((__, response) => send(response, { ...blocked, assessments, actionReason }));
    const verdict = await createGuardrail({ aws: server.aws, guardrail }).apply({ source, content: "x" });
    expect(verdict).toMatchObject({ action: "blocked", message: "No." });
  });
});

describe("many texts", () => {
  it("are asked about a few at a time, in order, with their units summed", async () => {
    // Nobody is answered before seven wait: fewer at a time would wait for ever.
    let waiting: (() => void)[] = [];
    await using server = await applyServer((_, response) => {
      waiting.push(() => setTimeout(() => send(response, passed), Math.random() * 5));
      if (waiting.length < 7) return;
      for (const answer of waiting) answer();
      waiting = [];
    });
    const content = Array.from({ length: 210 }, (_, n) => ({ type: "text" as const, text: `text ${n}` }));
    const verdict = await createGuardrail({ aws: server.aws, guardrail, concurrency: 7 }).apply({ source, content });
    expect(verdict.content).toEqual(content);
    expect(verdict.usage).toEqual({ topicPolicyUnits: 210, wordPolicyUnits: 210 });
    expect(server.mostAtOnce()).toBe(7);
  });

  it("end with the first that is blocked", async () => {
    await using server = await applyServer((request, response) => {
      if (judgedText(request) === "bad") send(response, blocked);
      else setTimeout(() => send(response, passed), 50);
    });
    const content = ["a", "bad", ...Array.from({ length: 50 }, () => "c")].map((text) => ({
      type: "text" as const,
      text,
    }));
    const verdict = await createGuardrail({ aws: server.aws, guardrail }).apply({ source, content });
    expect(verdict.action).toBe("blocked");
    expect(server.requests.length).toBeLessThan(8);
    await expect.poll(() => server.open()).toBe(0);
  });

  it("fail as a whole when one fails", async () => {
    await using server = await applyServer((request, response) => {
      if (judgedText(request) !== "bad") return send(response, passed);
      send(response, { message: "The provided guardrail identifier is invalid." }, 400, "ValidationException");
    });
    const content = ["a", "bad", "c"].map((text) => ({ type: "text" as const, text }));
    const work = createGuardrail({ aws: server.aws, guardrail }).apply({ source, content });
    await expect(work).rejects.toMatchObject({ kind: "invalid-request" });
  });
});

describe("throttling", () => {
  it("is waited out", async () => {
    await using server = await applyServer((_, response) => {
      if (server.requests.length > 4) return send(response, passed);
      send(response, { message: "Too many requests, please wait before trying again." }, 429, "ThrottlingException");
    });
    const verdict = await createGuardrail({ aws: server.aws, guardrail }).apply({ source, content: "x" });
    expect(verdict).toMatchObject({ action: "none", calls: 1 });
    expect(server.requests).toHaveLength(5);
  }, 30_000);

  it("is left at once when aborted", async () => {
    await using server = await applyServer((_, response) =>
      send(response, { message: "Too many requests" }, 429, "ThrottlingException"),
    );
    const abort = new AbortController();
    const work = createGuardrail({ aws: server.aws, guardrail }).apply(
      { source, content: "x" },
      { signal: abort.signal },
    );
    await expect.poll(() => server.requests.length, { timeout: 20_000 }).toBeGreaterThan(3);
    const before = server.requests.length;
    abort.abort();
    await expect(work).rejects.toMatchObject({ kind: "aborted" });
    expect(server.requests).toHaveLength(before);
  }, 30_000);
});

describe("what is sent", () => {
  it("holds sources, question and the text under their qualifiers", async () => {
    await using server = await applyServer((_, response) => send(response, passed));
    const grounding = { sources: ["The sea is deep.", " "], query: "How deep?" };
    const text = "It is deep. ".repeat(1000);
    await createGuardrail({ aws: server.aws, guardrail }).apply({ source: "output", content: text, grounding });
    expect(server.requests.map((request) => judgedText(request)).join("")).toHaveLength(text.length);
    expect(server.requests.length).toBe(3);
    expect(server.requests[0]?.body).toMatchObject({
      source: "OUTPUT",
      content: [
        { text: { text: "The sea is deep.", qualifiers: ["grounding_source"] } },
        { text: { text: "How deep?", qualifiers: ["query"] } },
        { text: { qualifiers: ["guard_content"] } },
      ],
    });
  });

  it.each([
    [{ sources: [" "], query: "q" }, "grounding.sources holds no text"],
    [{ sources: ["s"], query: "" }, "grounding.query is blank"],
    [{ sources: ["s".repeat(60_000), "s".repeat(60_000)], query: "q" }, "120000 characters together"],
    [{ sources: ["s"], query: "q".repeat(1001) }, "1001 characters"],
  ])("is refused before it is sent: %#", async (grounding, said) => {
    await using server = await applyServer((_, response) => send(response, passed));
    const work = createGuardrail({ aws: server.aws, guardrail }).apply({ source: "output", content: "x", grounding });
    await expect(work).rejects.toMatchObject({ kind: "invalid-config", message: expect.stringContaining(said) });
    expect(server.requests).toHaveLength(0);
  });

  it("is an image as bytes, of PNG or JPEG alone", async () => {
    await using server = await applyServer((_, response) => send(response, passed));
    const checked = createGuardrail({ aws: server.aws, guardrail });
    const image = (mimeType: string, data = "AAEC") => [{ type: "image" as const, mimeType, data }];
    await checked.apply({ source, content: image("image/jpg") });
    expect(server.requests[0]?.body.content).toEqual([{ image: { format: "jpeg", source: { bytes: "AAEC" } } }]);
    await expect(checked.apply({ source, content: image("image/webp") })).rejects.toThrow('type "image/webp"');
    await expect(checked.apply({ source, content: image("image/png", "") })).rejects.toThrow("holds no bytes");
    expect(server.requests).toHaveLength(1);
  });

  it.each(["OUTPUT", undefined, 7])("is never from the source %j", async (from) => {
    await using server = await applyServer((_, response) => send(response, passed));
    const work = createGuardrail({ aws: server.aws, guardrail }).apply({ source: from as never, content: "x" });
    await expect(work).rejects.toMatchObject({
      kind: "invalid-config",
      message: expect.stringMatching(/^source is .*"tool-result"/u),
    });
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    [null, "content is neither"],
    [
      [
        { type: "text", text: "a" },
        { type: "document", data: "" },
      ],
      "content[1] is neither",
    ],
    [[{ type: "text", text: 7 }], "content[0] is neither"],
    [["a"], "content[0] is neither"],
  ])("is never %j", async (content, said) => {
    await using server = await applyServer((_, response) => send(response, passed));
    const work = createGuardrail({ aws: server.aws, guardrail }).apply({ source, content: content as never });
    await expect(work).rejects.toMatchObject({ kind: "invalid-config", message: expect.stringContaining(said) });
    expect(server.requests).toHaveLength(0);
  });

  it("is sound where half an emoji was given, and the text given back is the one given", async () => {
    await using server = await applyServer((_, response) => send(response, passed));
    const verdict = await createGuardrail({ aws: server.aws, guardrail }).apply({ source, content: "cut \ud83d" });
    expect(server.requests.map(judgedText)).toEqual(["cut \ufffd"]);
    expect(verdict.text).toBe("cut \ud83d");
  });
});

describe("a guardrail by ARN", () => {
  const arn = "arn:aws:bedrock:eu-west-1:123456789012:guardrail/gr1";

  it("is asked in its region", async () => {
    await using server = await applyServer((_, response) => send(response, passed));
    const own = createGuardrail({ aws: server.aws, guardrail: { ...guardrail, guardrailIdentifier: arn } });
    await own.apply({ source, content: "x" });
    expect(server.requests[0]?.authorization).toContain("/eu-west-1/bedrock/");
    expect(decodeURIComponent(server.requests[0]?.path ?? "")).toBe(`/guardrail/${arn}/version/DRAFT/apply`);
  });

  it("is refused where the session was told another region", async () => {
    await using server = await applyServer((_, response) => send(response, passed));
    const aws = server.aws.in({ region: "us-west-2" });
    expect(() => createGuardrail({ aws, guardrail: { ...guardrail, guardrailIdentifier: arn } })).toThrow(
      "guardrail.guardrailIdentifier is a guardrail of eu-west-1, but requests go to us-west-2",
    );
  });
});

it("a guardrail that is misconfigured is refused by its path", async () => {
  await using server = await applyServer((_, response) => send(response, passed));
  const odd = { guardrailIdentifier: "gr1", guardrailVersion: 1 } as never;
  expect(() => createGuardrail({ aws: server.aws, guardrail: odd })).toThrow("guardrail.guardrailVersion is 1");
});

it.each([
  ["concurrency", 0],
  ["concurrency", Number.NaN],
  ["maxCharacters", 1],
])("the option %s of %d is refused", async (name, value) => {
  await using server = await applyServer((_, response) => send(response, passed));
  expect(() => createGuardrail({ aws: server.aws, guardrail, [name]: value })).toThrow(
    `The option ${name} is ${value}`,
  );
});
