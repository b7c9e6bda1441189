import type { Json } from "./json.ts";

/** A request that arrived, for a test to look at. It holds no secret. */
export interface RequestRecord {
  readonly method: string;
  /** Decoded path with its query. */
  readonly path: string;
  /** As the API names it: `Converse`, `ConverseStream`, `InvokeModel`, `ListFoundationModels`, `ChatCompletions`, …; `Unknown` otherwise. */
  readonly operation: string;
  /** As the caller wrote it, decoded. */
  readonly modelId?: string;
  /** The parsed body; `undefined` when there was none or it is not JSON. */
  readonly body?: Json;
  /** `authorization` and `x-amz-security-token` are redacted. */
  readonly headers: Readonly<Record<string, string>>;
  /** `none` when the caller was refused. */
  auth: { readonly kind: "sigv4" | "bearer" | "none"; readonly accessKeyId?: string };
  /** The type and the words of the refusal, when the request was refused. */
  refusal?: string;
  /** The rows of docs/fidelity.md by which it was refused. */
  refusedBy?: readonly string[];
  /** 0 until the answer began. */
  status: number;
  /** Milliseconds until the answer was complete; `undefined` while it is not. */
  durationMs?: number;
}
