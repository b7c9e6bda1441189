import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { EventStreamCodec } from "@smithy/eventstream-codec";
import { describe, expect, it } from "vitest";
import { createGuardrail, describeIntervention, explainTrace, guardrailError } from "../src/index.ts";
import { applyServer, send } from "./apply-server.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? path.resolve(import.meta.dirname, "../../../../shared/data");
const folder = path.join(data, "recordings");

const recordings = globSync("*/*guardrail*.json", { cwd: folder }).map((name) => ({
  name,
  ...JSON.parse(readFileSync(path.join(folder, name), "utf8")),
}));

describe.skipIf(!existsSync(folder))("recorded ApplyGuardrail", () => {
  const applied = recordings.filter(({ operation }) => operation === "apply-guardrail");

  it("is there", () => expect(applied.length).toBeGreaterThanOrEqual(3));

  it.each(applied)("$name is asked for as it was, and gives the service's verdict", async (recording) => {
    const { request, response, modelId } = recording;
    await using server = await applyServer((_, out) => send(out, response));
    const guardrail = { guardrailIdentifier: modelId, guardrailVersion: "1" };
    const content = request.content.map(({ text }: { text: { text: string } }) => ({ type: "text", text: text.text }));
    const verdict = await createGuardrail({ aws: server.aws, guardrail }).apply({
      source: "input",
      content,
      outputScope: "full",
    });
    expect(server.requests.map(({ body }) => body)).toEqual([request]);
    expect(server.requests[0]?.path).toBe(`/guardrail/${modelId}/version/1/apply`);
    const blocked = response.action === "GUARDRAIL_INTERVENED";
    expect(verdict.action).toBe(blocked ? "blocked" : "none");
    expect(verdict.message).toBe(blocked ? response.outputs[0].text : undefined);
    expect(verdict.usage).toEqual(response.usage);
    expect(verdict.coverage.guardedCharacters).toBe(response.guardrailCoverage.textCharacters.guarded);
    const { sides } = verdict.explanation;
    expect(sides[0]?.guardrail).toMatchObject({ id: modelId, version: "1", origin: ["REQUEST"], ownership: "SELF" });
    const seen = blocked ? ["blocked: denied topic", "blocked: personal data EMAIL"] : [];
    expect(sides[0]?.lines.map((line) => line.replace(/ ".*"$/u, ""))).toEqual(seen);
    expect(guardrailError(verdict)?.kind).toBe(blocked ? "guardrail-blocked" : undefined);
    expect(JSON.stringify([verdict.explanation, guardrailError(verdict)?.message])).not.toContain("@");
  });
});

describe.skipIf(!existsSync(folder))("a recorded trace", () => {
  const traces = recordings.flatMap(({ name, response, eventStream }) => {
    const trace = response?.trace?.guardrail ?? traceOfStream(eventStream);
    return trace ? [{ name, trace }] : [];
  });

  it("is there, of a whole answer and of a stream", () => expect(traces.length).toBeGreaterThanOrEqual(3));

  it.each(traces)("$name is explained without the judged words", ({ trace }) => {
    const explained = explainTrace(trace);
    const masked = trace.actionReason.includes("masked");
    expect(explained.action).toBe(masked ? "masked" : "none");
    expect(explained.reason).toBe(trace.actionReason.replace("\n", " "));
    expect(explained.usage["topicPolicyUnits"]).toBe(2);
    expect(explained.coverage.guardedCharacters).toBeGreaterThan(0);
    expect(explained.coverage.guardedCharacters).toBe(explained.coverage.totalCharacters);
    expect(explained.latencyMs).toBeGreaterThan(0);
    expect(explained.sides.map(({ source }) => source)).toEqual(["prompt", "answer"]);
    if (masked) {
      expect(explained.text).toBe(describeIntervention(trace));
      expect(explained.sides[1]?.lines).toEqual(["masked: personal data ADDRESS"]);
    } else expect(explained.text).toBe("");
    expect(JSON.stringify(explained)).not.toMatch(/Italy|Rome|Tokyo|Paris/u);
  });
});

/** The trace in the metadata of a recorded stream. */
function traceOfStream(base64: string | null) {
  if (!base64) return undefined;
  const bytes = Buffer.from(base64, "base64");
  const codec = new EventStreamCodec(
    (input) => (typeof input === "string" ? input : Buffer.from(input).toString("utf8")),
    (input) => Buffer.from(input, "utf8"),
  );
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const { headers, body } = codec.decode(bytes.subarray(at, at + length));
    if (headers[":event-type"]?.value === "metadata")
      return JSON.parse(Buffer.from(body).toString("utf8")).trace.guardrail;
    at += length;
  }
  return undefined;
}
