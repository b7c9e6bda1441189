export { BedrockError, type BedrockErrorInit, type ErrorKind, type ServiceAnswer } from "./errors/bedrock-error.ts";
export type * from "./types.ts";
