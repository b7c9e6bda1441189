import { BedrockError, bedrockErrorFromService, toBedrockError } from "@clawrock/conversation";
import { describe, expect, it } from "vitest";
import { failoverReason, isContextOverflow } from "./failover.ts";
import { rememberError } from "./recent-errors.ts";

function reasonOfService(name: string, message: string): unknown {
  return failoverReason({ errorMessage: bedrockErrorFromService({ name, message }).message });
}

describe("failoverReason", () => {
  it.each([
    ["ThrottlingException", "Too many requests, please wait before trying again.", "rate_limit"],
    ["ThrottlingException", "Too many tokens per day, please wait before trying again.", "rate_limit"],
    ["ExpiredTokenException", "The security token included in the request is expired", "auth"],
    ["ValidationException", "The provided model identifier is invalid.", "model_not_found"],
    ["AccessDeniedException", "You don't have access to the model with the specified model ID.", "model_not_found"],
  ])("reads %s: %s as %s from the text alone", (name, text, reason) => {
    expect(reasonOfService(name, text)).toBe(reason);
  });

  it("recognises an overflow in our own words", () => {
    const { message } = bedrockErrorFromService({
      name: "ValidationException",
      message: "prompt is too long: 210000 tokens > 200000 maximum",
    });
    expect(isContextOverflow({ errorMessage: message })).toBe(true);
    expect(failoverReason({ errorMessage: message })).toBe("context_overflow");
    expect(isContextOverflow({ errorMessage: "Too many requests" })).toBe(false);
  });

  it("remembers the kind of what it said, also where the words alone would not tell", () => {
    const error = new BedrockError({ kind: "overloaded", problem: "Bedrock is unable to process your request" });
    expect(failoverReason({ errorMessage: error.message })).toBeUndefined();
    rememberError(error.message, error.kind);
    expect(failoverReason({ errorMessage: error.message })).toBe("overloaded");
    expect(failoverReason({ errorMessage: `LLM request failed: ${error.message}` })).toBe("overloaded");
  });

  it("takes the kind itself if the host passes it on", () => {
    expect(failoverReason({ errorMessage: "whatever", code: "expired-credentials" })).toBe("auth");
  });

  it("leaves certificates to the host, which knows the words of the system", () => {
    const cause = Object.assign(new Error("certificate has expired"), { code: "CERT_HAS_EXPIRED" });
    const { message: errorMessage, kind } = toBedrockError(new TypeError("fetch failed", { cause }));
    expect(errorMessage).toContain("certificate has expired");
    expect(failoverReason({ errorMessage, code: kind })).toBeUndefined();
  });

  it("does not send what a guardrail blocked or a model refused to another model", () => {
    for (const kind of ["guardrail-blocked", "refused", "aborted"] as const) {
      expect(failoverReason({ errorMessage: "x", code: kind })).toBeUndefined();
    }
  });
});
