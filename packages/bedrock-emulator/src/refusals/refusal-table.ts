import type { Provenance } from "./provenance.ts";

/** One way to refuse, as a row of docs/fidelity.md. */
export interface RefusalRow {
  /** What is refused, as a sentence. */
  readonly refuses: string;
  readonly provenance: Provenance;
  /** The words, from the details of one case. */
  readonly says: (...details: never[]) => string;
}

class ListedRefusal {
  // A private member, so that nothing else passes for one: only this file makes refusals, and each has a row.
  readonly #message: string;
  /** The rows that it is made of: one, or those of several violations at once. */
  readonly ids: readonly string[];

  constructor(ids: readonly string[], message: string) {
    this.ids = ids;
    this.#message = message;
  }

  get message(): string {
    return this.#message;
  }
}

/** What an error of the emulator says, with the row that it comes from. */
export type Refusal = ListedRefusal;

type Rows = Readonly<Record<string, RefusalRow>>;

/** Makes refusals of its rows: `table("unknown-model", id)`. */
export interface RefusalTable<R extends Rows> {
  <Id extends keyof R & string>(id: Id, ...details: Parameters<R[Id]["says"]>): Refusal;
  readonly area: string;
  readonly rows: R;
}

export function refusalTable<const R extends Rows>(area: string, rows: R): RefusalTable<R> {
  const make = <Id extends keyof R & string>(id: Id, ...details: Parameters<R[Id]["says"]>): Refusal => {
    const row: R[Id] = rows[id];
    const says: (...all: Parameters<R[Id]["says"]>) => string = row.says;
    return new ListedRefusal([id], says(...details));
  };
  return Object.assign(make, { area, rows });
}

/** A refusal by a rule, which is a row of its own. */
export function refusalByRule(rule: { readonly id: string; readonly provenance: Provenance }, text: string): Refusal {
  return new ListedRefusal([rule.id], text);
}

/** Several violations in one sentence. */
export function joinRefusals(parts: readonly Refusal[], join: (texts: readonly string[]) => string): Refusal {
  return new ListedRefusal([...new Set(parts.flatMap((part) => part.ids))], join(parts.map((part) => part.message)));
}
