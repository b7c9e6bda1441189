import { capabilitiesOf, type ModelCapabilities, parseModelRef } from "@clawrock/model-capabilities";
import type { ModelRoute } from "./route/route.ts";

/** A model id together with what is known about it. */
export interface MantleModel {
  /** The id as the endpoint lists it or as the caller wrote it. */
  readonly id: string;
  readonly capabilities: ModelCapabilities;
}

/** A model of the endpoint's list, and where it answers. */
export interface ListedModel extends MantleModel {
  readonly route: ModelRoute;
}

/** Joins an id with its capabilities; a model that already has them is given back as it is. */
export function mantleModel(model: string | MantleModel): MantleModel {
  return typeof model === "string" ? { id: model, capabilities: capabilitiesOf(parseModelRef(model)) } : model;
}
