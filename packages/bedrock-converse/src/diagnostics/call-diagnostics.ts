import { channel } from "node:diagnostics_channel";
import type { ConverseDiagnostic, DiagnosticDetail } from "./events.ts";

/** The name of the `node:diagnostics_channel` that carries every `ConverseDiagnostic` of the process. */
export const CONVERSE_CHANNEL = "clawrock:bedrock-converse";

const published = channel(CONVERSE_CHANNEL);

export type DiagnosticListener = (event: ConverseDiagnostic) => void;

/** The diagnostics of one call: to the channel's subscribers and to listeners of the call's own. Costs nothing without any. */
export class CallDiagnostics {
  // The global loads its module at the first call, an import would do so at once.
  readonly callId: string = crypto.randomUUID();
  readonly #from = performance.now();
  readonly #listeners: readonly DiagnosticListener[];
  #ended = false;

  constructor(listeners: readonly (DiagnosticListener | undefined)[]) {
    this.#listeners = listeners.filter((listener) => listener !== undefined);
  }

  /** Milliseconds since the call began. */
  get elapsedMs(): number {
    return performance.now() - this.#from;
  }

  /** A listener that throws harms the process as an error of its own, never the call. */
  publish(detail: DiagnosticDetail): void {
    // What an abandoned request still comes to is no part of the call.
    if (this.#ended) return;
    this.#ended = detail.type === "call-end";
    if (this.#listeners.length === 0 && !published.hasSubscribers) return;
    const event: ConverseDiagnostic = { callId: this.callId, time: Date.now(), ...detail };
    published.publish(event);
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        process.nextTick(() => {
          throw error;
        });
      }
    }
  }
}
