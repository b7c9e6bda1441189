import { GetFoundationModelAvailabilityCommand } from "@aws-sdk/client-bedrock";
import { ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountAccess, type Emulator, startEmulator } from "../src/index.ts";
import { ask, controlClient, novaMicro, runtimeClient, sonnet45 } from "./clients.ts";

const base = "anthropic.claude-sonnet-4-5-20250929-v1:0";

let emulator: Emulator | undefined;
async function withAccess(access: Readonly<Record<string, AccountAccess>>): Promise<Emulator> {
  await emulator?.close();
  emulator = await startEmulator({ access });
  return emulator;
}
beforeAll(() => withAccess({}));
afterAll(() => emulator?.close());

const cases: readonly (readonly [AccountAccess, string, number, RegExp])[] = [
  ["no-access", "AccessDeniedException", 403, /^You don't have access to the model with the specified model ID\.$/],
  ["use-case-form", "ResourceNotFoundException", 404, /^Model use case details have not been submitted/],
  ["marketplace", "AccessDeniedException", 403, /aws-marketplace:Subscribe.*try again after 5 minutes\.$/],
  ["payment", "AccessDeniedException", 403, /INVALID_PAYMENT_INSTRUMENT/],
  ["end-of-life", "ResourceNotFoundException", 404, /^This model version has reached the end of its life\./],
  ["legacy-idle", "ResourceNotFoundException", 404, /marked by provider as Legacy/],
  ["denied", "AccessDeniedException", 403, /because no identity-based policy allows the bedrock:InvokeModel action$/],
  ["denied-by-organization", "AccessDeniedException", 403, /with an explicit deny in a service control policy/],
  ["barred", "ValidationException", 400, /^Operation not allowed$/],
];

describe("GetFoundationModelAvailability", () => {
  it.each([
    ["no-access", { agreementAvailability: { status: "NOT_AVAILABLE" }, entitlementAvailability: "NOT_AVAILABLE" }],
    ["payment", { agreementAvailability: { status: "ERROR" }, entitlementAvailability: "NOT_AVAILABLE" }],
    ["denied", { agreementAvailability: { status: "AVAILABLE" }, authorizationStatus: "NOT_AUTHORIZED" }],
  ] as const)("tells of %s", async (access, expected) => {
    const client = controlClient(await withAccess({ [base]: access }));
    expect(await client.send(new GetFoundationModelAvailabilityCommand({ modelId: base }))).toMatchObject(expected);
    const other = await client.send(new GetFoundationModelAvailabilityCommand({ modelId: novaMicro }));
    expect(other).toMatchObject({ authorizationStatus: "AUTHORIZED", entitlementAvailability: "AVAILABLE" });
  });
});

describe("what the account lacks", () => {
  it.each(cases)("%s", async (access, name, httpStatusCode, message) => {
    const client = runtimeClient(await withAccess({ [base]: access }));
    const refused = { name, message: expect.stringMatching(message), $metadata: { httpStatusCode } };
    await expect(client.send(new ConverseCommand({ modelId: sonnet45, messages: ask("Hello") }))).rejects.toMatchObject(
      refused,
    );
    await expect(
      client.send(new InvokeModelCommand({ modelId: sonnet45, body: JSON.stringify({}) })),
    ).rejects.toMatchObject(refused);
    await expect(
      client.send(new ConverseCommand({ modelId: novaMicro, messages: ask("Hello") })),
    ).resolves.toBeDefined();
  });

  it("names the streamed action, and a global profile's model without a region", async () => {
    const running = await withAccess({ "*": "denied" });
    const send = (modelId: string) =>
      runtimeClient(running).send(new ConverseStreamCommand({ modelId, messages: ask("Hello") }));
    const who = `User: arn:aws:iam::${running.accountId}:user/emulator is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: `;
    const why = " because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action";
    await expect(send(sonnet45)).rejects.toThrow(`${who}arn:aws:bedrock:us-east-1::foundation-model/${base}${why}`);
    await expect(send(`global.${base}`)).rejects.toThrow(`${who}arn:aws:bedrock:::foundation-model/${base}${why}`);
  });

  it("is said with a capital Message where a policy denies", async () => {
    const running = await withAccess({ [sonnet45]: "denied" });
    const answer = await fetch(`${running.url}/model/${encodeURIComponent(sonnet45)}/converse`, {
      method: "POST",
      headers: { authorization: `Bearer ${running.bearerToken}` },
      body: JSON.stringify({ messages: ask("Hello") }),
    });
    expect(Object.keys(JSON.parse(await answer.text()))).toEqual(["Message"]);
  });
});
