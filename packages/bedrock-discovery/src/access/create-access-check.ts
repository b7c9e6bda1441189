import type { AwsSession } from "@clawrock/aws-auth";
import type { DiscoveryCache } from "@clawrock/discovery-cache";
import { modelListKey } from "../list-key.ts";
import type { DiscoveredModel } from "../types.ts";
import type { AccessAnswer } from "./read-availability.ts";

export interface AccessCheckOptions {
  readonly aws: AwsSession;
  /** Keeps the answers. Default: in memory, for an hour. */
  readonly cache?: DiscoveryCache | undefined;
  /** See `modelListKey`. */
  readonly shared?: boolean | undefined;
  /** Time for one model, in milliseconds. Default 10,000. */
  readonly timeoutMs?: number | undefined;
}

export interface AccessCheckHow {
  readonly signal?: AbortSignal | undefined;
  /** Asks although the answer is known, as after access was requested. */
  readonly refresh?: boolean | undefined;
}

/** The models with what is known of the access to them, in their order. */
export type AccessCheck = (models: readonly DiscoveredModel[], how?: AccessCheckHow) => Promise<DiscoveredModel[]>;

/** So many questions at once: the operation's quota is small. */
const AT_ONCE = 4;

/**
 * Asks whether the account was granted access to models, which no list says. One call a foundation model and region, whatever the
 * number of its profiles, and none again while the cache has the answer. Needs `bedrock:GetFoundationModelAvailability`; without
 * it, or with a model that has no foundation model behind it, the access stays `unknown`, with the reason.
 *
 * @throws the reason of `signal` if it aborts; nothing else.
 */
export function createAccessCheck(options: AccessCheckOptions): AccessCheck {
  const { aws, shared, timeoutMs = 10_000 } = options;
  const memory = once(async () => (await import("@clawrock/discovery-cache")).createDiscoveryCache());
  async function ask(modelId: string, region: string, { signal, refresh }: AccessCheckHow): Promise<AccessAnswer> {
    try {
      const view = aws.in({ region });
      const key = JSON.stringify(["model-access", modelId, await modelListKey({ aws: view, shared })]);
      const load = async (until: AbortSignal): Promise<AccessAnswer> => {
        const { getAvailability } = await import("./get-availability.ts");
        return getAvailability(view, modelId, AbortSignal.any([until, AbortSignal.timeout(timeoutMs)]));
      };
      const keep = ({ access }: AccessAnswer): boolean => access !== "unknown";
      const cache = options.cache ?? (await memory());
      return (await cache.get(key, load, { signal, refresh, accept: isAnswer, keep })).value;
    } catch (error) {
      signal?.throwIfAborted();
      return { access: "unknown", detail: error instanceof Error ? error.message : String(error) };
    }
  }

  return async (models, how = {}) => {
    how.signal?.throwIfAborted();
    const questions = new Map<string, { readonly modelId: string; readonly region: string }>();
    for (const { baseModelId: modelId, region } of models) {
      if (modelId !== undefined) questions.set(questionOf(modelId, region), { modelId, region });
    }
    const answers = new Map<string, AccessAnswer>();
    const waiting = [...questions];
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const [question, { modelId, region }] = next;
          answers.set(question, await ask(modelId, region, how));
        }
      }),
    );
    return models.map((model) => {
      const answer =
        model.baseModelId === undefined ? undefined : answers.get(questionOf(model.baseModelId, model.region));
      const { access, detail } = answer ?? NOT_ASKED;
      return { ...model, access, ...(detail !== undefined && { accessDetail: detail }) };
    });
  };
}

const NOT_ASKED: AccessAnswer = {
  access: "unknown",
  detail: "Access is granted to foundation models, and which one is behind this is not known.",
};

function questionOf(modelId: string, region: string): string {
  return `${region}/${modelId}`;
}

function isAnswer(stored: unknown): stored is AccessAnswer {
  if (typeof stored !== "object" || stored === null || !("access" in stored)) return false;
  return stored.access === "granted" || stored.access === "not granted";
}

function once<T>(make: () => T): () => T {
  let made: { readonly it: T } | undefined;
  return () => {
    made ??= { it: make() };
    return made.it;
  };
}
