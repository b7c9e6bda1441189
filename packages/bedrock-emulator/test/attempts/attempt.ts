import { BedrockClient, ListFoundationModelsCommand } from "@aws-sdk/client-bedrock";
import type { Emulator, EmulatorOptions, Fault } from "../../src/index.ts";

/** A request that one row of the fidelity page refuses, and how. */
export interface RefusalAttempt {
  readonly status: number;
  readonly message: RegExp;
  /** Of the emulator that is asked. */
  readonly options?: EmulatorOptions;
  /** What has to run for it, with the options that it leads to. */
  readonly prepare?: () => Promise<{ readonly options: EmulatorOptions; close(): Promise<void> }>;
  send(emulator: Emulator): Promise<Refused>;
}

export interface Refused {
  readonly status: number;
  /** The body as it came, or the message that the SDK made of it. */
  readonly message: string;
}

export interface PlainRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly anonymous?: boolean;
}

async function ask(emulator: Emulator, path: string, request: PlainRequest): Promise<Refused> {
  const { body, anonymous, headers } = request;
  const answer = await fetch(`${emulator.url}${path}`, {
    method: request.method ?? (body === undefined ? "GET" : "POST"),
    headers: { ...(!anonymous && { authorization: `Bearer ${emulator.bearerToken}` }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, message: await answer.text() };
}

/** An attempt by a plain HTTP request, with the emulator's API key unless it is anonymous. */
export function attempt(path: string, request: PlainRequest, status: number, message: RegExp): RefusalAttempt {
  return { status, message, send: (emulator) => ask(emulator, path, request) };
}

/** A POST of a body to an operation of a model. */
export function toModel(
  modelId: string,
  operation: string,
  body: unknown,
  message: RegExp,
  more: Pick<RefusalAttempt, "options"> & { readonly status?: number; readonly headers?: Record<string, string> } = {},
): RefusalAttempt {
  const { options, status = 400, headers = {} } = more;
  const made = attempt(`/model/${encodeURIComponent(modelId)}/${operation}`, { body, headers }, status, message);
  return { ...made, ...(options && { options }) };
}

/** Ids and bodies that attempts have in common. */
export const haiku: string = "anthropic.claude-3-haiku-20240307-v1:0";
export const sonnet: string = "anthropic.claude-sonnet-4-5-20250929-v1:0";
export const sonnetProfile: string = `us.${sonnet}`;
export const micro: string = "amazon.nova-micro-v1:0";
export const messages = [{ role: "user", content: [{ text: "Hello" }] }];
export const said = [{ role: "user", content: "Hello" }];

/** A form that STS refuses. */
export function toSts(form: Readonly<Record<string, string>>, status: number, message: RegExp): RefusalAttempt {
  return attempt("/", { anonymous: true, body: new URLSearchParams(form).toString() }, status, message);
}

/** A call of the control plane that the SDK signs with other settings. */
export async function listWith(emulator: Emulator, settings: object): Promise<Refused> {
  const client = new BedrockClient({
    endpoint: emulator.url,
    region: emulator.region,
    credentials: emulator.credentials,
    maxAttempts: 1,
    ...settings,
  });
  try {
    await client.send(new ListFoundationModelsCommand());
    return { status: 200, message: "" };
  } catch (error) {
    const status =
      error instanceof Error && "$metadata" in error
        ? Number(Object.entries(error.$metadata ?? {}).find(([key]) => key === "httpStatusCode")?.[1])
        : 0;
    return { status, message: error instanceof Error ? error.message : String(error) };
  }
}

/** The same as an attempt; every refused signature is a 403. */
export function signed(
  settings: (emulator: Emulator) => object,
  message: RegExp,
  standingFaults?: Readonly<Record<string, Fault>>,
): RefusalAttempt {
  const options = standingFaults && { options: { standingFaults } };
  return { status: 403, message, send: (emulator) => listWith(emulator, settings(emulator)), ...options };
}
