import { capabilitiesOf, type ModelCapabilities, parseModelRef } from "@clawrock/model-capabilities";

/** A model id together with what is known about it. */
export interface MantleModel {
  /** The id as the endpoint lists it or as the caller wrote it. */
  readonly id: string;
  readonly capabilities: ModelCapabilities;
}

/** Joins an id with its capabilities; a model that already has them is given back as it is. */
export function mantleModel(model: string | MantleModel): MantleModel {
  return typeof model === "string" ? { id: model, capabilities: capabilitiesOf(parseModelRef(model)) } : model;
}
