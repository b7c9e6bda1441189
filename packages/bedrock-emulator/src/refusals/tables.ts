import { authRefusal } from "../auth/auth-refusals.ts";
import { controlRefusal } from "../control-plane/control-refusals.ts";
import { embeddingRefusal } from "../embeddings/embedding-refusals.ts";
import { faultRefusal } from "../faults/fault-refusals.ts";
import { guardrailRefusal } from "../guardrails/guardrail-refusals.ts";
import { httpRefusal } from "../http/http-refusals.ts";
import { identityRefusal } from "../identity/identity-refusals.ts";
import { claudeRefusal } from "../invoke/claude-refusals.ts";
import { nativeRefusal } from "../invoke/native-refusals.ts";
import { mantleRefusal } from "../mantle/mantle-refusals.ts";
import { modelRefusal } from "../models/model-refusals.ts";
import { upstreamRefusal } from "../upstream/upstream-refusals.ts";
import { shapeRefusal } from "../validation/shape-refusals.ts";

/** Every refusal beside the rules of Converse, in the order of docs/fidelity.md. */
export const refusalTables = [
  shapeRefusal,
  modelRefusal,
  authRefusal,
  guardrailRefusal,
  nativeRefusal,
  claudeRefusal,
  embeddingRefusal,
  mantleRefusal,
  controlRefusal,
  identityRefusal,
  httpRefusal,
  faultRefusal,
  upstreamRefusal,
] as const;

/** The ids of a table. */
export type IdsOf<Table> = Table extends { readonly rows: infer Rows } ? keyof Rows & string : never;

/** The id of a refusal that is no rule of Converse. */
export type ListedId = IdsOf<(typeof refusalTables)[number]>;
