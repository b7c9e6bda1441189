import type { Caller } from "./auth/authenticate.ts";
import type { OpenAiEndpoint } from "./http/address.ts";
import type { Received } from "./http/received.ts";
import type { Reply } from "./http/reply.ts";
import type { Route } from "./http/routes.ts";
import type { EmulatorState } from "./state.ts";

/** One authenticated request on its way through an operation. */
export interface Call {
  readonly received: Received;
  readonly reply: Reply;
  /** The region that the request was signed for. */
  readonly region: string;
  /** The endpoint with an OpenAI surface that is meant. */
  readonly endpoint: OpenAiEndpoint;
  readonly caller: Caller;
  readonly route: Route;
  readonly state: EmulatorState;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}
