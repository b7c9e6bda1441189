import type { ThinkingSigner } from "../engine/thinking-signature.ts";
import type { ServiceError } from "../http/service-error.ts";
import type { JsonObject } from "../json.ts";
import type { ModelBehaviour } from "../models/behaviour-types.ts";
import type { AddressedModel } from "../models/catalog.ts";

/**
 * How it is known that the service refuses so, and in these words:
 * - `recorded`: in recorded traffic
 * - `reported`: pasted in a public issue or pull request; `source` is `owner/repository#number`, without the owner
 *   where only the name is known
 * - `documented`: on the page at `source`
 * - `assumed`: concluded from neighbouring cases; the text may differ
 */
export type Provenance =
  | { readonly kind: "recorded" | "assumed" }
  | { readonly kind: "reported" | "documented"; readonly source: string };

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
  /** The refusal, `undefined` when the request passes. A text is a 400 `ValidationException`. */
  check(request: ConverseCheck): string | ServiceError | undefined;
}

/** What stands before a refusal of the model behind Converse. */
export const fromModel: string = "The model returned the following errors: ";

export const reported = (source: string): Provenance => ({ kind: "reported", source });
export const documented = (source: string): Provenance => ({ kind: "documented", source });
export const recorded: Provenance = { kind: "recorded" };
export const assumed: Provenance = { kind: "assumed" };
