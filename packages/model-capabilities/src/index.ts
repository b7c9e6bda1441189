export { capabilitiesOf } from "./capabilities/capabilities-of.ts";
export { type CapabilityOverrides, InvalidOverrideError } from "./capabilities/overrides.ts";
export { explain } from "./explain.ts";
export { type ParsedArn, parseArn } from "./parse/arn.ts";
export { baseModelId, formatModelRef } from "./parse/format-model-ref.ts";
export { parseModelRef } from "./parse/parse-model-ref.ts";
export { type Billing, type Cost, priceOf, type TokenUsage } from "./price-of.ts";
export type * from "./types.ts";
export { type WireDestination, type WireId, wireId } from "./wire-id.ts";
