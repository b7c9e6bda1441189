import { getToken } from "@aws/bedrock-token-generator";
import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import { BedrockRuntimeClient, ConverseCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../src/index.ts";
import { ask, novaMicro } from "./clients.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function list(settings: object): Promise<unknown> {
  return new BedrockClient({
    endpoint: emulator.url,
    region: "us-east-1",
    credentials: emulator.credentials,
    maxAttempts: 1,
    ...settings,
  }).send(new ListFoundationModelsCommand());
}

function converseWith(token: string): Promise<Response> {
  return fetch(`${emulator.url}/model/${encodeURIComponent(novaMicro)}/converse`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ messages: ask("Hello") }),
  });
}

describe("signatures", () => {
  it("lets in its own credentials", async () => {
    await expect(list({})).resolves.toBeDefined();
  });

  it("refuses an unknown key, a wrong secret, a wrong region and a strange session token", async () => {
    const { accessKeyId, secretAccessKey } = emulator.credentials;
    await expect(list({ credentials: { accessKeyId: "AKIAUNKNOWN", secretAccessKey } })).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      message: "The security token included in the request is invalid.",
    });
    await expect(list({ credentials: { accessKeyId, secretAccessKey: "wrong" } })).rejects.toMatchObject({
      name: "InvalidSignatureException",
      $metadata: { httpStatusCode: 403 },
    });
    await expect(list({ region: "eu-west-1" })).rejects.toMatchObject({ name: "InvalidSignatureException" });
    await expect(list({ credentials: { accessKeyId, secretAccessKey, sessionToken: "x" } })).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  });

  it("refuses a clock that is more than five minutes off", async () => {
    const late = await startEmulator({ clock: () => new Date(Date.now() + 6 * 60_000) });
    const client = new BedrockRuntimeClient({
      endpoint: late.url,
      region: late.region,
      credentials: late.credentials,
      maxAttempts: 1,
    });
    const send = client.send(new ConverseCommand({ modelId: novaMicro, messages: ask("Hello") }));
    await expect(send).rejects.toThrow(
      /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(.* - 5 min\.\)$/,
    );
    await late.close();
  });

  it("notices a body that was changed on the way", async () => {
    const client = new BedrockRuntimeClient({
      endpoint: emulator.url,
      region: emulator.region,
      credentials: emulator.credentials,
      maxAttempts: 1,
    });
    client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request;
        if (typeof request === "object" && request !== null && "body" in request) {
          const text =
            request.body instanceof Uint8Array ? new TextDecoder().decode(request.body) : String(request.body);
          Object.assign(request, { body: text.replace("Hello", "Howdy") });
        }
        return next(args);
      },
      { step: "finalizeRequest", priority: "low" },
    );
    await expect(
      client.send(new ConverseCommand({ modelId: novaMicro, messages: ask("Hello") })),
    ).rejects.toMatchObject({ name: "InvalidSignatureException" });
  });

  it("checks the session token of temporary credentials", async () => {
    const credentials = { accessKeyId: "ASIATEMPORARY", secretAccessKey: "s3cret", sessionToken: "session" };
    const temporary = await startEmulator({ credentials: [credentials] });
    const client = new BedrockClient({ endpoint: temporary.url, region: "us-east-1", credentials });
    await expect(client.send(new ListFoundationModelsCommand())).resolves.toBeDefined();
    expect(temporary.env["AWS_SESSION_TOKEN"]).toBe("session");
    expect(JSON.stringify(temporary.requests)).not.toMatch(/"session"|s3cret/);
    await temporary.close();
  });
});

describe("bearer tokens", () => {
  it("takes its API key and tokens minted with its credentials", async () => {
    const minted = await getToken({ credentials: emulator.credentials, region: "us-east-1" });
    expect((await converseWith(emulator.bearerToken)).status).toBe(200);
    expect((await converseWith(minted)).status).toBe(200);
    expect(emulator.requests.at(-1)?.auth).toEqual({
      kind: "bearer",
      accessKeyId: emulator.credentials.accessKeyId,
    });
  });

  it("refuses an unknown key, another region, a changed and an expired token", async () => {
    const credentials = emulator.credentials;
    const elsewhere = await getToken({ credentials, region: "eu-west-1" });
    const forged = await getToken({ credentials: { ...credentials, secretAccessKey: "wrong" }, region: "us-east-1" });
    for (const token of ["ABSKnot", elsewhere, forged]) {
      const refused = await converseWith(token);
      expect(refused.status).toBe(403);
      expect(await refused.json()).toEqual({
        Message: "Authentication failed: Please make sure your API Key is valid.",
      });
    }
    const later = await startEmulator({ credentials: [credentials], clock: () => new Date(Date.now() + 70_000) });
    const brief = await getToken({ credentials, region: "us-east-1", expiresInSeconds: 60 });
    const answer = await fetch(`${later.url}/foundation-models`, { headers: { authorization: `Bearer ${brief}` } });
    expect(await answer.json()).toEqual({ Message: "Bearer Token has expired" });
    await later.close();
  });

  it("refuses who brings nothing, and pages in a browser", async () => {
    const nothing = await fetch(`${emulator.url}/foundation-models`);
    expect([nothing.status, nothing.headers.get("x-amzn-errortype")]).toEqual([
      403,
      "MissingAuthenticationTokenException:http://internal.amazon.com/coral/com.amazon.coral.service/",
    ]);
    const page = await fetch(`${emulator.url}/foundation-models`, {
      headers: { origin: "https://example.org", authorization: `Bearer ${emulator.bearerToken}` },
    });
    expect(page.status).toBe(403);
  });
});
