/** Something that goes wrong with one model call. */
export type Fault =
  /** Waits, then answers as usual. */
  | { readonly kind: "latency"; readonly ms: number }
  /** Sends status and headers, and the first byte of the body so much later. */
  | { readonly kind: "first-byte"; readonly ms: number }
  /** Damages one byte of the frame after so many; its checksum no longer holds. */
  | { readonly kind: "corrupt"; readonly afterEvents: number }
  /** The caller's credentials are over. */
  | { readonly kind: "expired" }
  /** An identity policy denies the action to the caller. */
  | { readonly kind: "denied" }
  /** The service's clock is ahead by so much: signatures look old, and `date` says so. */
  | { readonly kind: "clock-skew"; readonly ms: number }
  /** A list operation finds nothing. */
  | { readonly kind: "empty" }
  /** 429, or another refusal before the first byte. */
  | { readonly kind: "error"; readonly type: string; readonly message: string }
  /** Closes the socket after so many bytes of the body. */
  | { readonly kind: "cut"; readonly afterBytes: number }
  /** Sends an exception frame after so many events of a stream. */
  | { readonly kind: "exception"; readonly type: string; readonly message: string; readonly afterEvents: number }
  /** Sends nothing more after so many events, and keeps the socket open. */
  | { readonly kind: "stall"; readonly afterEvents: number };
