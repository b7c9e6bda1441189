import { awsSession } from "@clawrock/aws-auth";
import { BedrockError } from "@clawrock/conversation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { KEYS, type ListsServer, listsServer, model, profile } from "../test/lists-server.ts";
import { discoverModels } from "./discover-models.ts";

const denied = (action: string) => ({
  status: 403,
  type: "AccessDeniedException",
  message:
    `User: arn:aws:sts::123456789012:assumed-role/R/S is not authorized to perform: bedrock:${action} ` +
    "because no identity-based policy allows the action",
});

let server: ListsServer;
beforeEach(async () => {
  server = await listsServer();
  server.models = { rows: [model("vendor.m")] };
  server.profiles = { rows: [profile("us.vendor.p", ["vendor.p"])] };
});
afterEach(() => server.close());

async function failure(run: Promise<unknown>): Promise<BedrockError> {
  const error = await run.catch((thrown: unknown) => thrown);
  if (error instanceof BedrockError) return error;
  throw error;
}

describe("one list that fails", () => {
  it("leaves the models, with the permission to ask for", async () => {
    server.profiles = denied("ListInferenceProfiles");
    const { models, warnings } = await discoverModels({ aws: server.aws });
    expect(models.map(({ id }) => id)).toEqual(["vendor.m"]);
    expect(warnings).toEqual([expect.objectContaining({ list: "inference-profiles" })]);
    expect(warnings[0]?.message).toMatch(/inference profile are missing: .*Allow bedrock:ListInferenceProfiles/u);
    expect(warnings[0]?.message).not.toContain("\n");
  });

  it("leaves the profiles, with the permission to ask for", async () => {
    server.models = denied("ListFoundationModels");
    const { models, warnings } = await discoverModels({ aws: server.aws });
    expect(models.map(({ id }) => id)).toEqual(["us.vendor.p"]);
    expect(warnings[0]?.message).toContain("Allow bedrock:ListFoundationModels");
  });

  it("by hanging is given up in time, and its socket closed", async () => {
    server.profiles = "hang";
    const { models, warnings } = await discoverModels({ aws: server.aws, timeoutMs: 2000 });
    expect(models.map(({ id }) => id)).toEqual(["vendor.m"]);
    expect(warnings[0]?.error.kind).toBe("timeout");
    expect(warnings[0]?.message).toContain("within 2 s");
    server.aws.close();
    await expect.poll(() => server.open()).toBe(0);
  });
});

describe("both lists that fail", () => {
  it("name both permissions", async () => {
    server.models = denied("ListFoundationModels");
    server.profiles = denied("ListInferenceProfiles");
    const { kind, fix } = await failure(discoverModels({ aws: server.aws }));
    expect(kind).toBe("access-denied");
    expect(fix).toContain("bedrock:ListFoundationModels and bedrock:ListInferenceProfiles");
  });

  it("without credentials say what to do", async () => {
    const aws = awsSession({ profile: "surely-not-there", region: "us-east-1" });
    const { kind, message } = await failure(discoverModels({ aws }));
    expect(kind).toBe("invalid-config");
    expect(message).toContain('"surely-not-there" is in neither shared file');
  });

  it("with an unreachable endpoint name it", async () => {
    const aws = awsSession({ credentials: KEYS, region: "us-east-1", endpoints: { bedrock: "http://127.0.0.1:9" } });
    const { kind, message } = await failure(discoverModels({ aws }));
    expect(kind).toBe("unreachable");
    expect(message).toContain("127.0.0.1:9");
  });

  it("by hanging end in a timeout", async () => {
    server.models = "hang";
    server.profiles = "hang";
    expect((await failure(discoverModels({ aws: server.aws, timeoutMs: 100 }))).kind).toBe("timeout");
  });
});

it("rejects with the caller's reason when it aborts, and closes the sockets", async () => {
  server.models = "hang";
  const controller = new AbortController();
  const run = discoverModels({ aws: server.aws, signal: controller.signal });
  await expect.poll(() => server.asked.length).toBeGreaterThan(0);
  const reason = new Error("changed my mind");
  controller.abort(reason);
  await expect(run).rejects.toBe(reason);
  server.aws.close();
  await expect.poll(() => server.open()).toBe(0);
});

it.each(["defaultContextWindow", "defaultMaxTokens", "timeoutMs"])("refuses a useless %s", async (name) => {
  for (const value of [0, -1, 1.5, Number.NaN]) {
    const error = await failure(discoverModels({ aws: server.aws, [name]: value }));
    expect(error.kind).toBe("invalid-config");
    expect(error.message).toContain(name);
  }
  expect(server.asked).toEqual([]);
});
