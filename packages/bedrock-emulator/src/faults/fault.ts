/** Something that goes wrong with one model call. */
export type Fault =
  /** Waits, then answers as usual. */
  | { readonly kind: "latency"; readonly ms: number }
  /** 429, or another refusal before the first byte. */
  | { readonly kind: "error"; readonly type: string; readonly message: string }
  /** Closes the socket after so many bytes of the body. */
  | { readonly kind: "cut"; readonly afterBytes: number }
  /** Sends an exception frame after so many events of a stream. */
  | { readonly kind: "exception"; readonly type: string; readonly message: string; readonly afterEvents: number }
  /** Sends nothing more after so many events, and keeps the socket open. */
  | { readonly kind: "stall"; readonly afterEvents: number };
