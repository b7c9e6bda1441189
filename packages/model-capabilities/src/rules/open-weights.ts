import type { Reasoning } from "../types.ts";
import { STDAPI } from "./sources.ts";
import { byRule, type Traits } from "./traits.ts";

/** A model that does not reason; another model's reasoning reaches it as text. */
export const NO_REASONING: Reasoning = {
  mode: "none",
  whenOmitted: "off",
  off: "omit",
  signed: false,
  replay: "text",
};

/** A model that reasons whatever the request says. */
export const ALWAYS_REASONING: Reasoning = {
  mode: "always",
  whenOmitted: "on",
  off: "no",
  signed: false,
  replay: "text",
};

/** Mantle serves open-weight models at `/v1`, by Chat Completions. */
export function openWeightMantle(family: string): Traits {
  return { mantle: byRule(`${family} answers chat at Mantle's /v1`, { path: "/v1", apis: ["chat"] }, STDAPI) };
}
