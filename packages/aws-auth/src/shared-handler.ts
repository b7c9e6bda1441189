import type { Agent as HttpAgent } from "node:http";
import type { Agent as HttpsAgent } from "node:https";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { SharedRequestHandler } from "./types.ts";

/** Time to establish a connection. */
const CONNECT_MS = 10_000;
/** Silence on a socket after which a request fails: models may think for minutes before their first byte. */
const IDLE_MS = 900_000;

type Handle = NodeHttpHandler["handle"];

/**
 * The connections of a session and all its views: HTTP/1.1, kept alive, as many at once as there are requests. It is made of
 * the SDK's `NodeHttpHandler`, which is loaded with the first request. `destroy`, which every SDK client calls at its end,
 * does nothing, for the others go on; the session's `close` closes.
 */
export class SharedHandler implements SharedRequestHandler {
  readonly metadata: { handlerProtocol: string } = { handlerProtocol: "http/1.1" };
  #handler: Promise<NodeHttpHandler> | undefined;
  #agents: readonly (HttpAgent | HttpsAgent)[] = [];

  async handle(...args: Parameters<Handle>): ReturnType<Handle> {
    this.#handler ??= this.#open();
    return (await this.#handler).handle(...args);
  }

  destroy(): void {}

  /** Connections are the session's, not a client's to configure. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): ReturnType<NodeHttpHandler["httpHandlerConfigs"]> {
    return {};
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  async #open(): Promise<NodeHttpHandler> {
    const [{ Agent: Http }, { Agent: Https }, { NodeHttpHandler: Handler }] = await Promise.all([
      import("node:http"),
      import("node:https"),
      import("@smithy/node-http-handler"),
    ]);
    // The SDK's default of 50 sockets lets further streams wait until others end.
    const agent = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY } as const;
    const httpAgent = new Http(agent);
    const httpsAgent = new Https(agent);
    this.#agents = [httpAgent, httpsAgent];
    return new Handler({ httpAgent, httpsAgent, connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS });
  }
}
