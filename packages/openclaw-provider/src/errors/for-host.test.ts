import { bedrockErrorFromService } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { lineForHost } from "./for-host.ts";

/** As OpenClaw 2026.9.6 reads them from an error's text. */
const PAUSE = /\btry again in\s+(\d+) ([a-z]+)\b/iu;
const USED_UP = /\bcurrent quota\b/iu;
const SHORT_UNIT = /\b(?:requests per minute|tokens per minute|per-minute|rpm|tpm)\b/iu;

const throttled = bedrockErrorFromService(
  { name: "ThrottlingException", message: "Too many tokens, please wait before trying again.", requestId: "r-1" },
  { action: "Converse with global.anthropic.claude-sonnet-4-5-20250929-v1:0", region: "ap-southeast-2" },
).message;

describe("an error's line for the host", () => {
  it("is as it was where trying again does not help", () => {
    expect(lineForHost(throttled, "access-denied", undefined)).toBe(throttled);
  });

  it("asks for a pause while it is throttled, and leaves the others to the host", () => {
    const line = lineForHost(throttled, "throttled", { last: false, seconds: 12 });
    expect(PAUSE.exec(line)?.slice(1)).toEqual(["10", "seconds"]);
    expect(line).toContain(throttled);
    expect(lineForHost("Bedrock is busy.", "overloaded", { last: false, seconds: 12 })).toBe("Bedrock is busy.");
  });

  it("ends it: a quota that is used up, a pause longer than the host waits", () => {
    const over = lineForHost(throttled, "throttled", { last: true, seconds: 48 });
    expect(over).toMatch(USED_UP);
    expect(over).not.toMatch(SHORT_UNIT);
    expect(over).not.toMatch(PAUSE);
    expect(over).toContain("48 s");
    expect(over.length).toBeLessThanOrEqual(300);
    const gone = lineForHost("It could not reach x: nobody is there.", "unreachable", { last: true, seconds: 0 });
    expect(PAUSE.exec(gone)?.slice(1)).toEqual(["2", "minutes"]);
  });
});
