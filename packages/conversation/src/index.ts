export { BedrockError, type BedrockErrorInit, type ErrorKind, type ServiceAnswer } from "./errors/bedrock-error.ts";
export { bedrockErrorFromService, type ErrorContext, toBedrockError } from "./errors/from-service.ts";
export { type BlockSource, createEventStream, type EventStreamInit } from "./event-stream.ts";
export { emptyUsage, MessageBuilder, type MessageBuilderInit } from "./message-builder.ts";
export { PartialJson } from "./partial-json.ts";
export type * from "./types.ts";
