import { setTimeout as wait } from "node:timers/promises";
import {
  type AccountAccess,
  type Emulator,
  type EmulatorOptions,
  type Fault,
  type RequestRecord,
  startEmulator,
} from "../../../packages/bedrock-emulator/src/index.ts";

/** A Bedrock that can be upset while a host talks to it. It keeps its port, its keys and its records over an outage. */
export interface Bedrock extends AsyncDisposable {
  readonly now: Emulator;
  readonly requests: readonly RequestRecord[];
  /** Requests of an operation, in order. */
  of(operation: string): readonly RequestRecord[];
  /** Faults for the coming calls of an operation, one each. */
  upset(operation: string, ...faults: readonly Fault[]): void;
  /** A fault of every call of an operation, until `undefined` takes it away. */
  always(operation: string, fault: Fault | undefined): void;
  /** What the account lacks, by model id. */
  readonly access: Record<string, AccountAccess>;
  /** Stops listening and cuts every connection. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  /** Waits for a request of an operation that is not there yet. */
  next(operation: string, timeoutMs?: number): Promise<RequestRecord | undefined>;
}

const UPSETTABLE = ["ConverseStream", "ChatCompletions", "InvokeModel", "ListFoundationModels", "ListModels"];

export async function startBedrock(options: EmulatorOptions = {}): Promise<Bedrock> {
  const coming = new Map<string, Fault[]>();
  const lasting = new Map<string, Fault>();
  const access: Record<string, AccountAccess> = { ...options.access };
  // The emulator looks here at each call, so that a fault can come and go while it runs.
  const standingFaults: Record<string, Fault> = Object.defineProperties(
    {},
    Object.fromEntries(
      UPSETTABLE.map((operation) => [
        operation,
        { get: (): Fault | undefined => coming.get(operation)?.shift() ?? lasting.get(operation) },
      ]),
    ),
  );
  const requests: RequestRecord[] = [];
  const running = { ...options, standingFaults, access };
  let emulator = await startEmulator(running);
  const { port } = new URL(emulator.url);
  const same = { port: Number(port), credentials: [emulator.credentials], apiKeys: [emulator.bearerToken] };
  const known = (): readonly RequestRecord[] => [...requests, ...emulator.requests];
  return {
    get now() {
      return emulator;
    },
    get requests() {
      return known();
    },
    of: (operation) => known().filter((request) => request.operation === operation),
    upset(operation, ...faults) {
      coming.set(operation, [...(coming.get(operation) ?? []), ...faults]);
    },
    always(operation, fault) {
      if (fault) lasting.set(operation, fault);
      else lasting.delete(operation);
    },
    access,
    async goDown() {
      requests.push(...emulator.requests);
      await emulator.close();
    },
    async comeUp() {
      emulator = await startEmulator({ ...running, ...same });
    },
    async next(operation, timeoutMs = 30_000) {
      const seen = known().filter((request) => request.operation === operation).length;
      for (const until = performance.now() + timeoutMs; performance.now() < until; await wait(50)) {
        const arrived = known().filter((request) => request.operation === operation)[seen];
        if (arrived) return arrived;
      }
      return undefined;
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
