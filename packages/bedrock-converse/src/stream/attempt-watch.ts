import type { MiddlewareStack, Pluggable } from "@smithy/types";

/** Sees every attempt of a call that fails, inside the SDK's own retries. `attempt` counts from 1. */
export function attemptWatch(onFailure: (error: unknown, attempt: number) => void): Pluggable<object, object> {
  return {
    applyToStack(stack: MiddlewareStack<object, object>): void {
      let attempt = 0;
      stack.add(
        (next) => async (args) => {
          attempt++;
          try {
            return await next(args);
          } catch (error) {
            onFailure(error, attempt);
            throw error;
          }
        },
        { step: "finalizeRequest", priority: "low", name: "clawrockWatchAttempts" },
      );
    },
  };
}
