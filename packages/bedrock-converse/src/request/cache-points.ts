import type {
  CachePointBlock,
  ContentBlock,
  Message as ConverseMessage,
  Tool as ConverseTool,
  SystemContentBlock,
} from "@aws-sdk/client-bedrock-runtime";
import type { ModelCapabilities, PromptCaching } from "@clawrock/model-capabilities";
import { wrong } from "../repair/check-messages.ts";
import type { ConverseRequest } from "../types.ts";
import type { BuiltMessage } from "./messages.ts";
import type { OptionLog } from "./option-log.ts";

type Block = ContentBlock | SystemContentBlock | ConverseTool;
type Field = "tools" | "system" | "messages";

/** The parts of a request in which the prompt cache may cut, in the order in which the service reads them. */
export interface Cacheable {
  readonly tools: readonly ConverseTool[];
  readonly system: readonly SystemContentBlock[];
  readonly messages: readonly BuiltMessage[];
}

export interface Cached {
  readonly tools: ConverseTool[];
  readonly system: SystemContentBlock[];
  readonly messages: ConverseMessage[];
}

const RETENTIONS: readonly unknown[] = [undefined, "none", "short", "long"];

/**
 * Where the prompt cache may cut: where the caller said, and with a retention also after the tools, after the system prompt
 * and after the last stable block of the user. Points the model would refuse are left out: in a part it does not cache, with
 * nothing before them, beyond its number; a longer life after a shorter one is cut to the shorter.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export function withCachePoints(
  parts: Cacheable,
  retention: ConverseRequest["cacheRetention"],
  capabilities: ModelCapabilities,
  log: OptionLog,
): Cached {
  if (!RETENTIONS.includes(retention)) throw wrong("cacheRetention", retention, 'Give "none", "short" or "long"');
  const caching = capabilities.promptCaching.value;
  const own = new Set<Block>();
  const marked =
    retention === "none" || !caching.supported ? parts : marking(parts, ownPoint(retention, caching), caching, own);
  const kept = pointsToKeep(marked, caching, own, log);
  const only = <T extends Block>(blocks: readonly T[]): T[] =>
    blocks.flatMap((block) => (isPoint(block) ? ((kept.get(block) as T[] | undefined) ?? []) : [block]));
  return {
    tools: only(marked.tools),
    system: only(marked.system),
    messages: marked.messages.map(({ role, content }) => ({
      role,
      content: content.some(isPoint) ? only(content) : content,
    })),
  };
}

function ownPoint(retention: ConverseRequest["cacheRetention"], { ttls }: PromptCaching): CachePointBlock {
  return retention === "long" && ttls.includes("1h") ? { type: "default", ttl: "1h" } : { type: "default" };
}

/** Sets this package's own points, where the caller has none. */
function marking(parts: Cacheable, cachePoint: CachePointBlock, caching: PromptCaching, own: Set<Block>): Cacheable {
  const point = <T>(): T => {
    const block = { cachePoint: { ...cachePoint } };
    own.add(block as Block);
    return block as T;
  };
  const behind = <T extends Block>(blocks: readonly T[], field: Field): readonly T[] =>
    caching.fields.includes(field) && blocks.length > 0 && !blocks.some(isPoint) ? [...blocks, point<T>()] : blocks;
  const messages = [...parts.messages];
  // Nothing behind volatile context is cached: then an earlier turn of the user is the last stable one.
  const last = messages.findLastIndex(({ role, stableBlocks }) => role === "user" && stableBlocks > 0);
  const message = messages[last];
  if (message && caching.fields.includes("messages")) {
    const { content, stableBlocks } = message;
    let at = stableBlocks;
    while (at > 0 && isMedia(content[at - 1])) at--;
    if (at > 0 && !isPoint(content[at - 1]) && !isPoint(content[at])) {
      messages[last] = { ...message, content: [...content.slice(0, at), point<ContentBlock>(), ...content.slice(at)] };
    }
  }
  return { tools: behind(parts.tools, "tools"), system: behind(parts.system, "system"), messages };
}

interface PlacedPoint {
  readonly block: Block;
  readonly field: Field;
  readonly path: string;
  readonly before: Block | undefined;
  readonly problem: string | undefined;
}

/** The points that are sent, each as it is sent. */
function pointsToKeep(
  parts: Cacheable,
  caching: PromptCaching,
  own: ReadonlySet<Block>,
  log: OptionLog,
): Map<Block, readonly Block[]> {
  const placed = [
    ...pointsOf(parts.tools, "tools", "tools", caching),
    ...pointsOf(parts.system, "system", "system", caching),
  ];
  for (const [at, { content }] of parts.messages.entries()) {
    if (content.some(isPoint)) placed.push(...pointsOf(content, "messages", `messages[${at}]`, caching));
  }
  const sound = placed.filter(({ problem, path, block }) => {
    if (problem !== undefined && !own.has(block)) log.leftOut(`${path}.cachePoint`, problem);
    return problem === undefined;
  });
  const kept = new Map<Block, readonly Block[]>();
  let shortest = false;
  for (const { block, path, before } of withinNumber(sound, caching.maxPoints, own, log)) {
    const asked = "cachePoint" in block ? block.cachePoint?.ttl : undefined;
    const long: boolean = asked === "1h" && caching.ttls.includes("1h") && !shortest;
    if (asked === "1h" && !long && !own.has(block)) {
      log.changed(
        `${path}.cachePoint.ttl`,
        shortest ? "one hour cannot come after five minutes" : "the model caches for five minutes",
      );
    }
    shortest ||= !long;
    const sent: Block = asked === "1h" && !long ? { cachePoint: { type: "default" } } : block;
    // The service refuses a point right after a document or a video.
    kept.set(block, isMedia(before) ? [{ text: "(End of the attachment.)" }, sent] : [sent]);
  }
  return kept;
}

function pointsOf(blocks: readonly Block[], field: Field, path: string, caching: PromptCaching): PlacedPoint[] {
  return blocks.flatMap((block, index) =>
    isPoint(block)
      ? [{ block, field, path, before: blocks[index - 1], problem: problemOf(blocks[index - 1], field, caching) }]
      : [],
  );
}

function problemOf(before: Block | undefined, field: Field, caching: PromptCaching): string | undefined {
  if (!caching.supported) return "the model has no prompt cache";
  if (!caching.fields.includes(field)) return `the model caches no ${field}`;
  if (!before) return "there is nothing before it to cache";
  if (isPoint(before)) return "there is one at this place already";
  return undefined;
}

/** No more than the model takes: this package's own points go first, then the caller's earliest in the messages. */
function withinNumber(points: PlacedPoint[], most: number, own: ReadonlySet<Block>, log: OptionLog): PlacedPoint[] {
  let excess = points.length - most;
  if (excess <= 0) return points;
  const dropped = new Set<PlacedPoint>();
  const drop = (point: PlacedPoint): void => {
    if (excess <= 0 || dropped.has(point)) return;
    excess -= 1;
    dropped.add(point);
    if (!own.has(point.block)) log.leftOut(`${point.path}.cachePoint`, `the model takes ${most} at most`);
  };
  for (const point of points) if (own.has(point.block)) drop(point);
  for (const point of points) if (point.field === "messages") drop(point);
  for (const point of points.toReversed()) drop(point);
  return points.filter((point) => !dropped.has(point));
}

function isPoint(block: Block | undefined): boolean {
  return block !== undefined && "cachePoint" in block && block.cachePoint !== undefined;
}

function isMedia(block: Block | undefined): boolean {
  if (!block) return false;
  return ("document" in block && block.document !== undefined) || ("video" in block && block.video !== undefined);
}
