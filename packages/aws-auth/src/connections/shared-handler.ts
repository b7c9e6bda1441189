import type { Agent as HttpAgent } from "node:http";
import type { AgentOptions as Pool } from "node:https";
import type { NodeHttp2Handler, NodeHttpHandler } from "@smithy/node-http-handler";
import { AwsAuthError } from "../aws-auth-error.ts";
import type { ConnectionOptions, SharedRequestHandler } from "../types.ts";
import { type CaBundle, trusting } from "./authorities.ts";
import { mayUseProxy, proxyFor, shownProxy } from "./proxy.ts";

/** Time to establish a connection. */
const CONNECT_MS = 10_000;
/** Models may think for minutes before their first byte and between two. */
const SILENCE_MS = 900_000;

type Handle = NodeHttpHandler["handle"];

/** What the SDK makes of connections, and how to let go of them. */
interface Opened {
  readonly handler: Pick<NodeHttpHandler | NodeHttp2Handler, "handle">;
  readonly close: () => void;
}

export interface HandlerOptions extends ConnectionOptions {
  /** Authorities to trust besides Node's own. */
  readonly caBundle: () => CaBundle | undefined;
}

/**
 * The connections of a session and all its views: kept alive, as many at once as there are requests, HTTP/1.1 or HTTP/2,
 * through the proxy that the environment names for a host. They are made of the SDK's handlers, which are loaded with the first
 * request. `destroy`, which every SDK client calls at its end, does nothing, for the others go on; the session's `close` closes.
 */
export class SharedHandler implements SharedRequestHandler {
  readonly metadata: { handlerProtocol: string };
  readonly #options: HandlerOptions;
  /** By proxy; undefined is none. */
  readonly #opened = new Map<string | undefined, Promise<Opened>>();

  constructor(options: HandlerOptions) {
    // The SDK's HTTP/2 handler knows no proxies, and a client writes its headers for one protocol.
    const http2 = options.http2 === true && !mayUseProxy();
    this.#options = { ...options, http2 };
    this.metadata = { handlerProtocol: http2 ? "h2" : "http/1.1" };
  }

  async handle(...args: Parameters<Handle>): ReturnType<Handle> {
    const [{ protocol, hostname, port }] = args;
    const proxy = this.#options.http2 ? undefined : await proxyFor(`${protocol}//${hostname}${port ? `:${port}` : ""}`);
    const { handler } = await this.#open(proxy);
    const answer = await handler.handle(...args);
    if (proxy && answer.response.statusCode === 407) throw proxyRefused(proxy);
    return answer;
  }

  destroy(): void {}

  /** Connections are the session's, not a client's to configure. */
  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): ReturnType<NodeHttpHandler["httpHandlerConfigs"]> {
    return {};
  }

  close(): void {
    for (const opening of this.#opened.values()) {
      opening.then(
        ({ close }) => close(),
        () => {},
      );
    }
    this.#opened.clear();
  }

  #open(proxy: string | undefined): Promise<Opened> {
    const known = this.#opened.get(proxy);
    if (known) return known;
    const opening = this.#options.http2 ? this.#openHttp2() : this.#openHttp1(proxy);
    this.#opened.set(proxy, opening);
    // A file of authorities that could not be read may be there at the next request.
    opening.catch(() => this.#opened.delete(proxy));
    return opening;
  }

  async #openHttp1(proxy: string | undefined): Promise<Opened> {
    const {
      connectTimeoutMs = CONNECT_MS,
      firstByteTimeoutMs = SILENCE_MS,
      idleTimeoutMs = SILENCE_MS,
    } = this.#options;
    const { NodeHttpHandler: Handler } = await import("@smithy/node-http-handler");
    const secureContext = await trusting(this.#options.caBundle());
    // The SDK's default of 50 sockets lets further streams wait until others end.
    const pool = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, ...(secureContext && { secureContext }) };
    const agents = proxy === undefined ? await directAgents(pool) : await proxyAgents(proxy, pool);
    const handler = new Handler({
      ...agents,
      connectionTimeout: connectTimeoutMs,
      requestTimeout: firstByteTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: idleTimeoutMs,
    });
    const close = (): void => {
      agents.httpAgent.destroy();
      agents.httpsAgent.destroy();
    };
    return { handler, close };
  }

  async #openHttp2(): Promise<Opened> {
    const { firstByteTimeoutMs = SILENCE_MS, idleTimeoutMs = SILENCE_MS } = this.#options;
    const { NodeHttp2Handler: Handler } = await import("@smithy/node-http-handler");
    const secureContext = await trusting(this.#options.caBundle());
    const handler = new Handler({
      requestTimeout: Math.min(firstByteTimeoutMs, idleTimeoutMs),
      sessionTimeout: idleTimeoutMs,
      ...(secureContext && { nodeHttp2ConnectOptions: { secureContext } }),
    });
    return { handler, close: () => handler.destroy() };
  }
}

interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpAgent;
}

async function directAgents(pool: Pool): Promise<Agents> {
  // An import of node:http reads all its exports, and with them loads fetch: tens of milliseconds before the first call.
  const { Agent: Http } = process.getBuiltinModule("node:http");
  const { Agent: Https } = process.getBuiltinModule("node:https");
  return { httpAgent: new Http(pool), httpsAgent: new Https(pool) };
}

async function proxyAgents(proxy: string, pool: Pool): Promise<Agents> {
  const [{ HttpProxyAgent }, { HttpsProxyAgent }] = await Promise.all([
    import("http-proxy-agent"),
    import("https-proxy-agent"),
  ]);
  const httpsAgent = new HttpsProxyAgent(proxy, pool);
  // It keeps what it is given for the connection to the proxy, and takes these for the one behind it. Without `secureEndpoint` it
  // files a free connection under another name than it looks for, and opens one for every request.
  Object.assign(httpsAgent.options, { secureEndpoint: true, secureContext: pool.secureContext });
  return { httpAgent: new HttpProxyAgent(proxy, pool), httpsAgent };
}

function proxyRefused(proxy: string): AwsAuthError {
  return new AwsAuthError({
    kind: "unreachable",
    problem: `The proxy ${shownProxy(proxy)} asks for a user and a password (407)`,
    fix: "Write them into the proxy's variable as http://user:password@host:port, or list the host in NO_PROXY",
  });
}
