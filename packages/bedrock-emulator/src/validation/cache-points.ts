import { arrayAt, isJsonObject, type Json, type JsonObject, objectAt, stringAt } from "../json.ts";
import { reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf } from "./blocks.ts";
import { type ConverseRule, fromModel } from "./rule.ts";

const maxCachePoints = 4;

interface PlacedPoint {
  readonly ttl: "5m" | "1h";
  readonly path: string;
}

/** Cache points in the order in which the service processes them: tools, system, messages. */
function pointsOf(body: JsonObject): PlacedPoint[] {
  const tools = arrayAt(objectAt(body, "toolConfig"), "tools").map((block, index) => pointAt(block, `tools.${index}`));
  const system = arrayAt(body, "system").map((block, index) => pointAt(block, `system.${index}`));
  const messages = contentBlocks(body).map(({ block, path }) => pointAt(block, path));
  return [...tools, ...system, ...messages].flat();
}

function pointAt(block: Json, path: string): PlacedPoint[] {
  const point = isJsonObject(block) ? block["cachePoint"] : undefined;
  return isJsonObject(point) ? [{ ttl: stringAt(point, "ttl") === "1h" ? "1h" : "5m", path }] : [];
}

/** Rules of cache points. */
export const cachePointRules: readonly ConverseRule[] = [
  {
    id: "caching-unsupported",
    refuses: "A cache point on a model without prompt caching (403 AccessDeniedException).",
    provenance: reported("BerriAI/litellm#39210"),
    type: "AccessDeniedException",
    check: ({ body, behaviour }) =>
      !behaviour.caching && pointsOf(body).length > 0
        ? "You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information."
        : undefined,
  },
  {
    id: "cache-point-in-tools",
    refuses: "A cache point among the tools, on Nova.",
    provenance: reported("danny-avila/LibreChat#13838"),
    check: ({ body, behaviour }) => {
      const at = arrayAt(objectAt(body, "toolConfig"), "tools").findIndex((tool) => pointAt(tool, "").length > 0);
      return at >= 0 && behaviour.caching?.inTools === false
        ? `${fromModel}Malformed input request: #/toolConfig/tools/${at}: extraneous key [cachePoint] is not permitted, please reformat your input and try again.`
        : undefined;
    },
  },
  {
    id: "cache-ttl-unsupported",
    refuses: "A cache point of one hour on a model that keeps prefixes for five minutes only.",
    provenance: reported("timothy#756"),
    check: ({ body, behaviour }) =>
      behaviour.caching && pointsOf(body).some(({ ttl }) => !behaviour.caching?.ttls.includes(ttl))
        ? "Extended TTL prompt caching is only supported for Anthropic models"
        : undefined,
  },
  {
    id: "cache-point-count",
    refuses: "More than four cache points.",
    provenance: reported("twentyhq/twenty#26217"),
    check: ({ body }) => {
      const count = pointsOf(body).length;
      return count > maxCachePoints
        ? `${fromModel}A maximum of ${maxCachePoints} blocks with cache_control may be provided. Found ${count}.`
        : undefined;
    },
  },
  {
    id: "cache-point-first",
    refuses: "A cache point that is the first block of a message.",
    provenance: reported("strands-agents/harness-sdk#3677"),
    check: ({ body }) =>
      contentBlocks(body).some(({ block, index }) => index === 0 && block["cachePoint"] !== undefined)
        ? "There is nothing available to cache."
        : undefined,
  },
  {
    id: "cache-point-after-reasoning",
    refuses: "A cache point right after reasoning.",
    provenance: reported("anomalyco/opencode#36517"),
    check: ({ body }) => {
      const blocks = contentBlocks(body);
      return blocks.some(
        ({ block, index }, at) =>
          index > 0 && block["cachePoint"] !== undefined && blocks[at - 1]?.block["reasoningContent"] !== undefined,
      )
        ? "Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again."
        : undefined;
    },
  },
  {
    id: "cache-ttl-order",
    refuses: "A cache point of one hour after one of five minutes.",
    provenance: reported("Portkey-AI/gateway#1762"),
    check: ({ body }) => {
      const points = pointsOf(body);
      return firstOf(points.entries(), ([index, { ttl, path }]) =>
        ttl === "1h" && points.slice(0, index).some((earlier) => earlier.ttl === "5m")
          ? `${fromModel}${path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`
          : undefined,
      );
    },
  },
];
