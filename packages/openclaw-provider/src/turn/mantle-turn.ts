import { parseModelRef } from "@clawrock/model-capabilities";
import { noteAnswer, noteError } from "../errors/note-error.ts";
import { observed, thinkingOf } from "../host-adapter.ts";
import type { HostStreamFn, HostTurnModel, WrapStreamContext } from "../host-types.ts";
import { UNPLACED } from "../ids.ts";
import type { RunningHost } from "../running-host.ts";

/**
 * Around the host's own stream functions, which models of Mantle go through: the id is sent as Mantle spells it, requests of Anthropic's
 * Messages are made to what Claude takes, and errors are worded as those of Converse are.
 */
export function mantleTurn(host: RunningHost, context: WrapStreamContext): HostStreamFn | undefined {
  const { streamFn, model, modelId, thinkingLevel } = context;
  if (!streamFn) return undefined;
  // The host's function takes what it is called with; its type only differs in what this plugin does not read.
  const inner = streamFn as unknown as HostStreamFn;
  return async (turnModel, conversation, options = {}) => {
    const turn = { session: options.sessionId, provider: turnModel.provider, model: modelId };
    const id = await wireId(host, context, turnModel);
    const stream = await inner(turnModel, conversation, {
      ...options,
      async onPayload(payload, of) {
        const wanted = Object((await options.onPayload?.(payload, of)) ?? payload);
        const named = id === modelId ? wanted : { ...wanted, model: id };
        if (model?.api !== "anthropic-messages") return named;
        const { claudePayload } = await import("./messages-payload.ts");
        return claudePayload(named, modelId, thinkingOf(options.reasoning ?? thinkingLevel));
      },
    });
    return observed(stream, {
      failed: (message) => (message.stopReason === "aborted" ? message : noteError(host.logger, message, turn)),
      answered: () => noteAnswer(turn),
    });
  };
}

/** The id as Mantle lists it. */
async function wireId(
  host: RunningHost,
  { config, modelId, provider }: WrapStreamContext,
  { baseUrl = UNPLACED }: HostTurnModel,
): Promise<string> {
  if (parseModelRef(modelId).kind === "unknown") return modelId;
  const { mantleId } = await import("../models/mantle-id.ts");
  return mantleId(modelId, { config: host.config(config), provider, baseUrl, host });
}
