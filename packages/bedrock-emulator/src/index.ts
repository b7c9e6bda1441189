export type { EmulatorCredentials } from "./auth/identities.ts";
export { type CredentialSources, type Emulator, startEmulator } from "./emulator.ts";
export type {
  AnswerEvent,
  Citation,
  CitedDocument,
  Engine,
  StopReason,
  ToolChoice,
  Turn,
  TurnMessage,
  TurnPart,
  TurnThinking,
  TurnTool,
} from "./engine/turn.ts";
export type { Fault } from "./faults/fault.ts";
export type { ContentFilter, FilterStrength } from "./guardrails/content-filter.ts";
export type { GroundingPolicy } from "./guardrails/grounding.ts";
export { defaultGuardrail, type EmulatorGuardrail } from "./guardrails/guardrail.ts";
export type { PiiType } from "./guardrails/pii.ts";
export type { OpenAiEndpoint } from "./http/address.ts";
export type { ServerCertificate } from "./http/certificate.ts";
export type { Json, JsonObject } from "./json.ts";
export type { AccountAccess } from "./models/account-access.ts";
export type { OwnModel } from "./models/own-models.ts";
export type { ApplicationProfile } from "./models/profiles.ts";
export type { EmbeddingFamily, FoundationModel, InferenceType } from "./models/table.ts";
export type { EmulatorOptions } from "./options.ts";
export type { ReplayOptions } from "./replay.ts";
export type { RequestRecord } from "./request-record.ts";
export type { UpstreamOptions } from "./upstream/upstream-engine.ts";
