import { invalid } from "../http/service-error.ts";
import { controlRefusal } from "./control-refusals.ts";

/** A page of rows under their key, and the token of the next. */
export function pageOf(key: string, rows: readonly object[], query: URLSearchParams, defaultSize: number): object {
  const from = offsetOf(query.get("nextToken"));
  const to = from + pageSize(query.get("maxResults"), defaultSize);
  return { [key]: rows.slice(from, to), ...(to < rows.length && { nextToken: tokenOf(to) }) };
}

function pageSize(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const size = Number(text);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  const bound = size > 1000 ? "less than or equal to 1000" : "greater than or equal to 1";
  throw invalid(controlRefusal("page-size", text, bound));
}

function tokenOf(offset: number): string {
  return Buffer.from(`page:${offset}`).toString("base64url");
}

function offsetOf(token: string | null): number {
  if (token === null) return 0;
  const match = /^page:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"));
  if (!match) throw invalid(controlRefusal("page-token"));
  return Number(match[1]);
}
