import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Host, toolsRun } from "./host.ts";
import { at, listAt, parseJson } from "./json.ts";
import type { Ran, Running } from "./processes.ts";

/** The real Gateway of one user, on a free port of loopback. */
export interface Gateway extends AsyncDisposable {
  /** All it printed. */
  log(): string;
  /** One message to the agent through the Gateway, as a user types it. */
  ask(prompt: string, options: AskOptions): Promise<Answer>;
  /** `openclaw gateway call`: one method over its WebSocket. */
  call(method: string, params?: object, ...more: readonly string[]): Promise<Answer>;
  /** Asks it to stop, as a service manager does. Gives its exit code. */
  stop(): Promise<number | null>;
}

export interface AskOptions {
  /** Messages of one session make one conversation. */
  readonly session: string;
  readonly model?: string;
  readonly thinking?: string;
  readonly timeoutSeconds?: number;
}

export interface Answer extends Ran {
  readonly json: unknown;
  /** The first visible words, be they an answer or what the host says of a failure. */
  readonly text: string;
  /** The whole of what the user sees, for words that may stand anywhere in it. */
  readonly shown: string;
  readonly tools: readonly unknown[];
}

const READY_MS = 300_000;

/** Starts `openclaw gateway run` and waits until it is ready. @throws if it is not, with what it printed. */
export async function startGateway(host: Host): Promise<Gateway> {
  const port = await freePort();
  const token = randomBytes(12).toString("hex");
  await host.configure({
    gateway: { mode: "local", port, bind: "loopback", auth: { mode: "token", token } },
    agents: { defaults: { workspace: host.workspace, skipBootstrap: true } },
  });
  const process = host.start(["gateway", "run"]);
  await ready(process, port);
  const call: Gateway["call"] = async (method, params = {}, ...more) =>
    answer(await host.cli(["gateway", "call", method, "--json", "--params", JSON.stringify(params), ...more]));
  return {
    log: () => process.output(),
    async ask(prompt, { session, model, thinking, timeoutSeconds = 200 }) {
      const options = Object.entries({ "--model": model, "--thinking": thinking }).flatMap(([name, value]) =>
        value === undefined ? [] : [name, value],
      );
      const args = ["agent", "--agent", "main", "--session-id", session, "-m", prompt, "--json", ...options];
      const timeoutMs = (timeoutSeconds + 30) * 1000;
      return answer(await host.cli([...args, "--timeout", String(timeoutSeconds)], { timeoutMs }));
    },
    call,
    stop: () => process.stop("SIGTERM", 120_000),
    async [Symbol.asyncDispose]() {
      await process.stop("SIGKILL", 5_000);
    },
  };
}

async function ready(process: Running, port: number): Promise<void> {
  for (const until = performance.now() + READY_MS; performance.now() < until; await wait(100)) {
    if (process.ended) break;
    if (/\[gateway\] ready/u.test(process.output())) return;
  }
  throw new Error(`the Gateway is not ready on port ${port}:\n${process.output()}`);
}

function answer(ran: Ran): Answer {
  const json = parseJson(ran.stdout);
  const texts = listAt(json, "result", "payloads").map((payload) => String(at(payload, "text")));
  return { ...ran, json, text: texts.join("\n"), shown: ran.stdout + ran.stderr, tools: toolsRun(json) };
}

/** A port that was free a moment ago: the Gateway takes a number and nothing else. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no address");
  return address.port;
}
