export { BedrockError, type BedrockErrorInit, type ErrorKind, type ServiceAnswer } from "./errors/bedrock-error.ts";
export type { ErrorContext } from "./errors/error-context.ts";
export { bedrockErrorFromService, toBedrockError } from "./errors/from-service.ts";
export { type BlockSource, createEventStream, type EventStreamInit, type Timeouts } from "./event-stream.ts";
export { MessageBuilder, type MessageBuilderInit } from "./message-builder.ts";
export { PartialJson } from "./partial-json.ts";
export { pairTools } from "./turns/pair-tools.ts";
export {
  type AssistantContent,
  type AssistantTurn,
  type Turn,
  toTurns,
  type UserContent,
  type UserTurn,
} from "./turns/turns.ts";
export { toolNamesByWireName, wireCallIds, wireToolName } from "./turns/wire-names.ts";
export type * from "./types.ts";
export { emptyUsage } from "./usage.ts";
