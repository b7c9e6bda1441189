import type { Reply } from "../http/reply.ts";
import type { Refusal } from "../refusals/refusal-table.ts";

/** A refusal of a service that gives credentials out; each has a form of its own. */
export class IdentityError extends Error {
  override readonly name = "IdentityError";
  readonly refusal: Refusal;
  readonly #status: number;
  readonly #body: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(status: number, refusal: Refusal, body: string, headers: Readonly<Record<string, string>>) {
    super(refusal.message);
    this.refusal = refusal;
    this.#status = status;
    this.#body = body;
    this.#headers = headers;
  }

  send(reply: Reply): void {
    reply.begin(this.#status, this.#headers);
    reply.end(this.#body);
  }
}

/** A refusal as JSON, with the error's name in the header where the service sets it. */
export function jsonIdentityError(status: number, refusal: Refusal, body: object, type?: string): IdentityError {
  return new IdentityError(status, refusal, JSON.stringify(body), {
    "content-type": "application/json",
    ...(type !== undefined && { "x-amzn-ErrorType": type }),
  });
}
