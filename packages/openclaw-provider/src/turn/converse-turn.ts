import { type Converse, type ConverseDiagnostic, createConverse } from "@clawrock/bedrock-converse";
import type { AssistantMessageStream, Context } from "@clawrock/conversation";
import { parseGuardrailConfig } from "@clawrock/guardrails";
import { providerSession } from "../aws/provider-session.ts";
import { lookUps } from "../catalog/model-lists.ts";
import { providerEntry } from "../config/provider-entry.ts";
import { CONFIG_PATH, type Settings, settingsOf } from "../config/settings.ts";
import { noteDiagnostic } from "../errors/note-diagnostic.ts";
import { converseRequest, streamCallbacks } from "../host-adapter.ts";
import type { HostConfig, HostStreamOptions, HostTurnModel } from "../host-types.ts";
import type { RunningHost } from "../running-host.ts";
import { failedStream } from "./failed-stream.ts";

const clients = new Map<string, Converse>();

/** One turn of a Converse model. Never throws: settings that cannot be used end the stream like any other failure. */
export function converseTurn<Model extends HostTurnModel>(
  host: RunningHost,
  config: HostConfig | undefined,
  model: Model,
  context: Context,
  options: HostStreamOptions<Model> = {},
): AssistantMessageStream {
  try {
    const onDiagnostic = (diagnostic: ConverseDiagnostic): void => noteDiagnostic(host.logger, diagnostic);
    const callbacks = { ...streamCallbacks(model, options), onDiagnostic };
    const settings = settingsOf(config);
    const { guardedSpans } = settings;
    const request = { ...converseRequest(model, context, options), guardedSpans };
    return clientFor(host, config, settings, model).stream(request, callbacks);
  } catch (error) {
    return failedStream(error, model);
  }
}

/** One client per place and guardrail: it keeps its connections from turn to turn. */
function clientFor(
  host: RunningHost,
  config: HostConfig | undefined,
  settings: Settings,
  { provider, baseUrl }: HostTurnModel,
): Converse {
  const { discovery, guardrail } = settings;
  const key = JSON.stringify([provider, baseUrl, providerEntry(config, provider), discovery.region, guardrail]);
  const known = clients.get(key);
  if (known) return known;
  const aws = providerSession({ config, provider, baseUrl, region: discovery.region });
  const converse = createConverse({
    aws,
    provider,
    async listedModels(signal) {
      const { listBedrock } = await import("../catalog/bedrock-catalog.ts");
      const { value } = await listBedrock(aws, settings, host, { config, signal });
      return value.models.map(({ id }) => id);
    },
    cache: lookUps(host),
    guardrail: guardrail && parseGuardrailConfig(guardrail, `${CONFIG_PATH}.guardrail`),
  });
  clients.set(key, converse);
  return converse;
}
