/**
 * How it is known that the service refuses so, and in these words:
 * - `recorded`: in recorded traffic
 * - `reported`: pasted in a public issue or pull request; `source` is `owner/repository#number`, without the owner
 *   where only the name is known
 * - `documented`: on the page at `source`; the words may differ
 * - `assumed`: concluded from neighbouring cases; the text may differ
 * - `own`: a refusal of the emulator's, which the service does not have
 */
export type Provenance =
  | { readonly kind: "recorded" | "assumed" | "own" }
  | { readonly kind: "reported" | "documented"; readonly source: string };

export const reported = (source: string): Provenance => ({ kind: "reported", source });
export const documented = (source: string): Provenance => ({ kind: "documented", source });
export const recorded: Provenance = { kind: "recorded" };
export const assumed: Provenance = { kind: "assumed" };
export const own: Provenance = { kind: "own" };
