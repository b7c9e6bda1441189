import { BedrockError } from "@clawrock/conversation";
import { textOf } from "./read.ts";

/** A page and the token of the next. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly nextToken: unknown;
}

/** What was listed, and why there is no more of it. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly error: unknown;
}

/** Asks for page after page. What came before a failure is kept; a token that comes again and a page too many are failures. */
export async function allPages<Row>(
  action: string,
  maxPages: number,
  ask: (nextToken: string | undefined) => Promise<Page<Row>>,
): Promise<Listed<Row>> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  let nextToken: string | undefined;
  try {
    for (let page = 1; page <= maxPages; page += 1) {
      const answer = await ask(nextToken);
      for (const row of answer.rows) rows.push(row);
      nextToken = textOf(answer.nextToken);
      if (nextToken === undefined) return { rows, error: undefined };
      if (seen.has(nextToken)) break;
      seen.add(nextToken);
    }
  } catch (error) {
    return { rows, error };
  }
  const error = new BedrockError({
    kind: "protocol",
    problem: `${action} does not end: it repeats a page or has more than ${maxPages}`,
    fix: "Check the endpoint that answers, or raise maxPages",
  });
  return { rows, error };
}
