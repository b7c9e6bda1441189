import type { Identities } from "./auth/identities.ts";
import type { PromptCache } from "./converse/prompt-cache.ts";
import type { ThinkingSigner } from "./engine/thinking-signature.ts";
import type { Engine } from "./engine/turn.ts";
import type { FaultScript } from "./faults/script.ts";
import type { EmulatorGuardrail } from "./guardrails/guardrail.ts";
import type { OpenAiEndpoint } from "./http/address.ts";
import type { IdentityState } from "./identity/identity-state.ts";
import type { AccountAccess } from "./models/account-access.ts";
import type { Catalog } from "./models/catalog.ts";
import type { OwnModel } from "./models/own-models.ts";
import type { Replay } from "./replay.ts";

/** What one emulator holds while it runs. */
export interface EmulatorState {
  readonly accountId: string;
  /** Served regions; the first is the default. */
  readonly regions: readonly string[];
  readonly identities: Identities;
  readonly identity: IdentityState;
  readonly clock: () => Date;
  readonly pageSize: number;
  readonly catalog: Catalog;
  /** Ids of foundation models with reserved capacity. */
  readonly reservations: readonly string[];
  readonly access: Readonly<Record<string, AccountAccess>>;
  /** What the account made, bought or set up itself. */
  readonly ownModels: readonly OwnModel[];
  readonly guardrails: readonly EmulatorGuardrail[];
  readonly engine: Engine;
  readonly thinkingSigner: ThinkingSigner;
  readonly admitForeignThinking: boolean;
  readonly promptCache: PromptCache;
  readonly eventDelayMs: number;
  readonly replay: Replay;
  readonly faults: FaultScript;
  readonly openAiEndpoint: OpenAiEndpoint;
  readonly mantleReasoningField: "reasoning" | "reasoning_content";
}
