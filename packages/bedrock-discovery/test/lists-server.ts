import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";

/** A list's answer: rows, or a refusal, or nothing at all. */
export type Answer<Row> =
  | {
      readonly rows: readonly Row[];
      readonly pageSize?: number;
      /** The token of the last page, which should have none. */
      readonly lastToken?: string | (() => string);
    }
  /** Any body at all, as JSON or as it is. */
  | { readonly body: unknown }
  | { readonly raw: string }
  | Refusal
  | "hang";

export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

export interface ModelRow {
  readonly modelId: string;
  readonly [field: string]: unknown;
}

export interface ProfileRow {
  readonly inferenceProfileId: string;
  readonly type: "SYSTEM_DEFINED" | "APPLICATION";
  readonly [field: string]: unknown;
}

export interface ListsServer {
  readonly aws: AwsSession;
  /** Paths asked for, in order. */
  readonly asked: string[];
  /** The region of each signature, in order. */
  readonly signedFor: string[];
  /** Whether requests signed for a region are denied. */
  refuses: (region: string) => boolean;
  models: Answer<ModelRow>;
  /** Of both types together, or each type its own. */
  profiles: Answer<ProfileRow> | { readonly byType: Readonly<Record<ProfileRow["type"], Answer<ProfileRow>>> };
  /** Of the account's own, by path: `/imported-models`. */
  readonly own: Map<string, Answer<Readonly<Record<string, unknown>>>>;
  /** Answers GetFoundationModelAvailability. */
  availability: (modelId: string) => Readonly<Record<string, unknown>> | "hang" | Refusal;
  /** How long each answer takes, in milliseconds. */
  delayMs: number;
  /** Connections that are open. */
  open(): number;
  /** Requests that wait for their answer. */
  waiting(): number;
  close(): Promise<void>;
}

export const KEYS = { accessKeyId: "AKIATEST", secretAccessKey: "not-a-real-secret" };

/** A control plane with any lists, in pages of any size; what the emulator's own table does not hold. */
export async function listsServer(region = "us-east-1"): Promise<ListsServer> {
  const asked: string[] = [];
  const signedFor: string[] = [];
  let open = 0;
  let waiting = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    asked.push(`${url.pathname}${url.search}`);
    const scope = /Credential=[^/]+\/\d+\/(?<region>[^/]+)/u.exec(request.headers.authorization ?? "");
    const signed = scope?.groups?.["region"] ?? "";
    signedFor.push(signed);
    waiting += 1;
    response.on("close", () => {
      waiting -= 1;
    });
    response.setHeader("content-type", "application/json");
    const denied = { status: 403, type: "AccessDeniedException", message: "not authorized here" };
    setTimeout(() => {
      if (lists.refuses(signed)) answer(response, denied, "", url);
      else respond(response, lists, url);
    }, lists.delayMs);
  });
  server.on("connection", (socket) => {
    open += 1;
    socket.on("close", () => {
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const aws = awsSession({ credentials: KEYS, region, endpoints: { bedrock: `http://127.0.0.1:${port}` } });
  const lists: ListsServer = {
    aws,
    asked,
    signedFor,
    refuses: () => false,
    models: { rows: [] },
    profiles: { rows: [] },
    own: new Map(),
    availability: () => ({ status: 404, type: "ResourceNotFoundException", message: "not there" }),
    delayMs: 0,
    open: () => open,
    waiting: () => waiting,
    close: () =>
      new Promise<void>((resolve) => {
        aws.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return lists;
}

/** The name of the rows in each answer. */
const FIELDS: Readonly<Record<string, string>> = {
  "/imported-models": "modelSummaries",
  "/custom-models": "modelSummaries",
  "/model-customization/custom-model-deployments": "modelDeploymentSummaries",
  "/provisioned-model-throughputs": "provisionedModelSummaries",
  "/prompt-routers": "promptRouterSummaries",
};

function respond(response: ServerResponse, lists: ListsServer, url: URL): void {
  const { pathname } = url;
  if (pathname === "/foundation-models") answer(response, lists.models, "modelSummaries", url);
  else if (pathname === "/inference-profiles") {
    answer(response, ofType(lists.profiles, url), "inferenceProfileSummaries", url);
  } else if (pathname.startsWith("/foundation-model-availability/")) {
    const given = lists.availability(decodeURIComponent(pathname.split("/")[2] ?? ""));
    answer(response, given === "hang" || isRefusal(given) ? given : { body: given }, "", url);
  } else answer(response, lists.own.get(pathname) ?? { rows: [] }, FIELDS[pathname] ?? "unknown", url);
}

function isRefusal(given: object): given is Refusal {
  return "status" in given;
}

function ofType(profiles: ListsServer["profiles"], url: URL): Answer<ProfileRow> {
  const type = url.searchParams.get("type") === "APPLICATION" ? "APPLICATION" : "SYSTEM_DEFINED";
  if (profiles === "hang") return profiles;
  if ("byType" in profiles) return profiles.byType[type];
  if (!("rows" in profiles)) return profiles;
  return {
    ...profiles,
    rows: profiles.rows.filter((row) => (row.type === "APPLICATION") === (type === "APPLICATION")),
  };
}

function answer<Row>(response: ServerResponse, given: Answer<Row>, field: string, url: URL): void {
  if (given === "hang") return;
  if ("body" in given || "raw" in given) {
    response.end("raw" in given ? given.raw : JSON.stringify(given.body));
    return;
  }
  if (!("rows" in given)) {
    response.setHeader("x-amzn-errortype", given.type);
    response.writeHead(given.status).end(JSON.stringify({ message: given.message }));
    return;
  }
  const from = Number(url.searchParams.get("nextToken") ?? 0) || 0;
  const to = from + (given.pageSize ?? given.rows.length);
  const last = typeof given.lastToken === "function" ? given.lastToken() : given.lastToken;
  const nextToken = to < given.rows.length ? `${to}` : last;
  response.end(JSON.stringify({ [field]: given.rows.slice(from, to), nextToken }));
}

/** A row of ListFoundationModels. */
export function model(modelId: string, fields: Readonly<Record<string, unknown>> = {}): ModelRow {
  return {
    modelId,
    modelArn: arn(modelId),
    modelName: `Model ${modelId}`,
    providerName: "Anthropic",
    inputModalities: ["TEXT"],
    outputModalities: ["TEXT"],
    responseStreamingSupported: true,
    inferenceTypesSupported: ["ON_DEMAND"],
    modelLifecycle: { status: "ACTIVE" },
    ...fields,
  };
}

/** A row of ListInferenceProfiles over some models in some regions. */
export function profile(
  inferenceProfileId: string,
  modelIds: readonly string[],
  { regions = ["us-east-1", "us-west-2"], ...fields }: { regions?: string[]; [field: string]: unknown } = {},
): ProfileRow {
  return {
    inferenceProfileId,
    inferenceProfileArn: `arn:aws:bedrock:us-east-1:123456789012:inference-profile/${inferenceProfileId}`,
    inferenceProfileName: `Profile ${inferenceProfileId}`,
    status: "ACTIVE",
    type: "SYSTEM_DEFINED",
    models: modelIds.flatMap((id) => regions.map((region) => ({ modelArn: arn(id, region) }))),
    ...fields,
  };
}

export function applicationProfile(id: string, modelIds: readonly string[]): ProfileRow {
  return profile(id, modelIds, {
    type: "APPLICATION",
    inferenceProfileArn: `arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/${id}`,
  });
}

function arn(modelId: string, region = "us-east-1"): string {
  return `arn:aws:bedrock:${region}::foundation-model/${modelId}`;
}
