import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { BedrockError } from "./bedrock-error.ts";
import { bedrockErrorFromService, toBedrockError } from "./from-service.ts";

describe("bedrockErrorFromService", () => {
  it.each([
    ["ThrottlingException", 429, "Too many requests, please wait before trying again.", "throttled"],
    ["ThrottlingException", 429, "Too many tokens per day, please wait before trying again.", "quota-exhausted"],
    ["ServiceUnavailableException", 503, "Too many connections, please wait before trying again.", "overloaded"],
    ["ValidationException", 400, "The provided model identifier is invalid.", "model-not-found"],
    [
      "ValidationException",
      400,
      "Invocation of model ID a.b with on-demand throughput isn’t supported. Retry …",
      "not-on-demand",
    ],
    ["AccessDeniedException", 403, "You don't have access to the model with the specified model ID.", "model-access"],
    [
      "ResourceNotFoundException",
      404,
      "Model use case details have not been submitted for this account.",
      "model-access",
    ],
    [
      "AccessDeniedException",
      403,
      "User: arn:aws:iam::1:user/x is not authorized to perform: bedrock:InvokeModel",
      "access-denied",
    ],
    ["ExpiredTokenException", 403, "The security token included in the request is expired", "expired-credentials"],
    ["InvalidSignatureException", 403, "Signature expired: 2025 is now earlier than 2026", "expired-credentials"],
    ["InvalidSignatureException", 403, "The request signature we calculated does not match", "invalid-credentials"],
    [
      "UnrecognizedClientException",
      403,
      "The security token included in the request is invalid.",
      "invalid-credentials",
    ],
    [undefined, 403, "Authentication failed: Please make sure your API Key is valid.", "invalid-credentials"],
    [
      "ValidationException",
      400,
      "The model returned the following errors: prompt is too long: 9 tokens > 8 maximum",
      "context-overflow",
    ],
    ["ModelTimeoutException", 408, "Model has timed out in processing the request.", "timeout"],
    ["InternalServerException", 500, "The system encountered an unexpected error", "overloaded"],
    ["ValidationException", 400, "Malformed input request: #: extraneous key [x] is not permitted", "invalid-request"],
    [undefined, 429, undefined, "throttled"],
    [undefined, 418, "I am a teapot", "unknown"],
  ])("reads %s %s “%s” as %s", (name, status, message, kind) => {
    expect(bedrockErrorFromService({ name, status, message }).kind).toBe(kind);
  });

  it("says what, where, the fix and the request id in one line", () => {
    const error = bedrockErrorFromService(
      {
        name: "ValidationException",
        status: 400,
        message: "The provided model\nidentifier is invalid.",
        requestId: "r-1",
      },
      { action: "converse", model: "x.y", region: "eu-west-1" },
    );
    expect(error.message).toBe(
      'converse in eu-west-1: The provided model identifier is invalid. Check the id "x.y" and that eu-west-1, the region asked, offers it. (request id r-1)',
    );
  });
});

describe("what a service says", () => {
  const said = (message: unknown) => bedrockErrorFromService({ status: 403, message: message as string }).message;

  it("never carries a secret it quotes from the request", () => {
    const quoted = [
      "The request signature we calculated does not match.\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:SECRET1\n'",
      "bad header x-amz-security-token: SECRET2, and more",
      "Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=SECRET3",
      "token Bearer SECRET4SECRET4 refused",
      "Signature=0123456789abcdef0123 is wrong",
      "key bedrock-api-key-U0VDUkVUNQ== is wrong",
    ];
    for (const message of quoted) expect(said(message)).not.toMatch(/SECRET\d|0123456789abcdef|U0VDUkVU/u);
    expect(said(quoted[0])).toContain("does not match");
  });

  it("is one short line without control characters", () => {
    const text = said(`a\u001b[31mb\u0000c\n${"x".repeat(1_000_000)}`);
    expect(text).toMatch(/^ab cx?/u);
    expect(text.length).toBeLessThan(1200);
    expect(text).not.toMatch(/\p{Cc}/u);
  });

  it("may be of any type", () => {
    expect(said({ code: 5 })).toContain("HTTP status 403");
    for (const thrown of [Object.create(null), undefined, 5, Symbol("x"), { message: "x" }]) {
      expect(toBedrockError(thrown).kind).toBe("unknown");
    }
    expect(toBedrockError(Object.assign(new Error("x"), { message: { code: 5 } })).kind).toBe("unknown");
  });
});

describe("toBedrockError", () => {
  it("leaves a BedrockError as it is", () => {
    const error = new BedrockError({ kind: "refused", problem: "no" });
    expect(toBedrockError(error)).toBe(error);
  });

  it("takes over kind, problem and fix of an error of another package", () => {
    const foreign = Object.assign(new Error("x"), { kind: "no-credentials", problem: "none found", fix: "log in" });
    expect(toBedrockError(foreign)).toMatchObject({ kind: "no-credentials", message: "none found. log in." });
  });

  it("says what is wrong with a certificate, and who could name its authority", () => {
    const code = "SELF_SIGNED_CERT_IN_CHAIN";
    const cause = Object.assign(new Error("self-signed certificate in certificate chain"), { code });
    const error = toBedrockError(new TypeError("fetch failed", { cause }), { action: "converse" });
    expect(error).toMatchObject({ kind: "unreachable", fix: expect.stringContaining("AWS_CA_BUNDLE") });
    expect(error.problem).toContain(`self-signed certificate in certificate chain (${code})`);
  });

  it("names the address that refused a real connection", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    await new Promise((resolve) => server.close(resolve));
    const port = typeof address === "object" ? address?.port : undefined;
    const failure = await fetch(`http://127.0.0.1:${port}/`).catch((error: unknown) => error);
    const error = toBedrockError(failure, { action: "converse" });
    expect(error.kind).toBe("unreachable");
    expect(error.message).toContain(`127.0.0.1:${port}: connection refused, nothing listens there`);
  });
});
