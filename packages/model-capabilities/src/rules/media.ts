import type { ModelName } from "../types.ts";
import { LISTED } from "./sources.ts";
import { byRule, type FamilyRules, notConversational, type Traits } from "./traits.ts";

/** Stability's image models. */
export const STABILITY: FamilyRules = {
  family: "stability",
  holds: (name) => /^(stable-|sd3(-|$))/.test(name),
  traits: (model: ModelName): Traits => ({
    ...notConversational("image models do not converse"),
    input: byRule("image models read text and images", ["text", "image"], LISTED),
    output: byRule("image models draw", ["image"], LISTED),
    invocation: byRule(
      "text-to-image on demand; edits by profile",
      {
        onDemand: /^(sd3|stable-image-(core|ultra)|stable-diffusion)/.test(model.name),
        byProfile: !/^(sd3|stable-image-(core|ultra)|stable-diffusion)/.test(model.name),
      },
      LISTED,
    ),
  }),
};

/** Luma's video models. */
export const LUMA: FamilyRules = {
  family: "luma",
  holds: (name, vendor) => vendor === "luma" && /^ray(-|$)/.test(name),
  traits: (): Traits => ({
    ...notConversational("video models do not converse"),
    input: byRule("video models read text and images", ["text", "image"], LISTED),
    output: byRule("video models film", ["video"], LISTED),
    invocation: byRule("luma is invoked on demand", { onDemand: true, byProfile: false }, LISTED),
  }),
};
