import type { ThinkingSigner } from "../engine/thinking-signature.ts";
import type { JsonObject } from "../json.ts";
import type { ModelBehaviour } from "../models/behaviour-types.ts";
import type { AddressedModel } from "../models/catalog.ts";
import type { Provenance } from "../refusals/provenance.ts";

/** A Converse request whose shape holds. */
export interface ConverseCheck {
  readonly body: JsonObject;
  readonly model: AddressedModel;
  readonly behaviour: ModelBehaviour;
  readonly streaming: boolean;
  /** Tokens of the whole input. */
  readonly inputTokens: number;
  readonly thinkingSigner: ThinkingSigner;
  readonly admitForeignThinking: boolean;
}

/** One reason to refuse a Converse request. */
export interface ConverseRule {
  readonly id: string;
  /** What is refused, as a sentence of the fidelity page. */
  readonly refuses: string;
  readonly provenance: Provenance;
  /** Default: `ValidationException` (400). */
  readonly type?: "AccessDeniedException";
  /** The words of the refusal, `undefined` when the request passes. */
  check(request: ConverseCheck): string | undefined;
}

/** What stands before a refusal of the model behind Converse. */
export const fromModel: string = "The model returned the following errors: ";
