import { thinkingOf } from "../host-adapter.ts";
import type { HostStreamFn, WrapStreamContext } from "../host-types.ts";

/**
 * Around the host's own stream function of Anthropic's Messages API, which Claude at Mantle goes through: its requests are
 * made to what the model takes. Other models are left as they are.
 */
export function claudeAtMantle({
  streamFn,
  model,
  modelId,
  thinkingLevel,
}: WrapStreamContext): HostStreamFn | undefined {
  if (!streamFn || model?.api !== "anthropic-messages") return undefined;
  // The host's function takes what it is called with; its type only differs in what this plugin does not read.
  const inner = streamFn as unknown as HostStreamFn;
  return (turnModel, context, options = {}) =>
    inner(turnModel, context, {
      ...options,
      async onPayload(payload, of) {
        const { claudePayload } = await import("./messages-payload.ts");
        const wanted = (await options.onPayload?.(payload, of)) ?? payload;
        return claudePayload(Object(wanted), modelId, thinkingOf(options.reasoning ?? thinkingLevel));
      },
    });
}
