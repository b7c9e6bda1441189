import type { BedrockError } from "@clawrock/conversation";
import type { MantleEndpoint, RoutePath, Way } from "./route.ts";

const PATHS: readonly RoutePath[] = ["/v1", "/openai/v1", "/anthropic/v1"];

/**
 * The way to try after the endpoint refused one: another path where the model answers on another route, the other OpenAI API
 * where it does not know this one. Undefined for any other error, and once all is tried.
 *
 * @param tried - in order; the last was refused
 */
export function nextWay(tried: readonly Way[], refusal: BedrockError, endpoint: MantleEndpoint): Way | undefined {
  const last = tried.at(-1);
  const said = refusal.service?.message ?? "";
  if (last === undefined || refusal.kind !== "invalid-request") return undefined;
  const candidates = candidatesAfter(last, said, endpoint);
  return candidates.find((way) => !tried.some(({ path, api }) => path === way.path && api === way.api));
}

/** The service's words for a refused route and a refused API. */
function candidatesAfter(last: Way, said: string, endpoint: MantleEndpoint): readonly Way[] {
  if (/does not support the '.{0,100}' API/iu.test(said)) return last.api === "messages" ? [] : [otherApi(last)];
  if (!/isn[’']t supported on this route/iu.test(said)) return [];
  const paths = endpoint === "runtime" ? PATHS.filter((path) => path !== "/v1") : PATHS;
  const api = last.api === "messages" ? "chat" : last.api;
  return paths.map((path) => ({ path, api: path === "/anthropic/v1" ? "messages" : api }));
}

function otherApi({ path, api }: Way): Way {
  return { path, api: api === "chat" ? "responses" : "chat" };
}
