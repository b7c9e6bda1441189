import type { Known, ModelCapabilities } from "../types.ts";
import { fieldShapes } from "./field-shapes.ts";
import { own, type Problem } from "./shapes.ts";

type Values = { readonly [K in keyof Omit<ModelCapabilities, "baseId" | "family">]?: Unwrapped<ModelCapabilities[K]> };
type Unwrapped<K> = K extends Known<infer T> | undefined ? T : never;

/** Values the caller knows better: one plain value per field of `ModelCapabilities`, replacing the whole field. */
export type CapabilityOverrides = Values;

/** An override names no field, or a value the field cannot have. */
export class InvalidOverrideError extends TypeError {
  override readonly name = "InvalidOverrideError";
  /** Path of what is wrong: `contextWindow`, `tools.choice[1]`. */
  readonly field: string;

  constructor(field: string, reason: string) {
    super(`Model capability override "${field}": ${reason}`);
    this.field = field;
  }
}

/**
 * Refuses fields nobody has and values they cannot have, inner fields included.
 * @throws InvalidOverrideError naming the path and the reason.
 */
export function checkOverrides(overrides: CapabilityOverrides): void {
  const problem = problemOf(overrides);
  if (problem !== undefined) throw new InvalidOverrideError(problem.path, problem.reason);
}

function problemOf(overrides: CapabilityOverrides): Problem | undefined {
  if (typeof overrides !== "object" || overrides === null || Array.isArray(overrides)) {
    return { path: "overrides", reason: "must be an object of fields and values" };
  }
  for (const [field, value] of Object.entries(overrides)) {
    const shape = own(fieldShapes(), field);
    if (shape === undefined) return { path: field, reason: "no such field" };
    const problem = value === undefined ? undefined : shape(value, field);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
