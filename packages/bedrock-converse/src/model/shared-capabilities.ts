import type {
  Known,
  ModelCapabilities,
  PromptCaching,
  Reasoning,
  Sampling,
  ToolSupport,
} from "@clawrock/model-capabilities";

/**
 * What every one of several models can do: a request through a profile may reach any of its targets, so what one refuses
 * is not sent at all. Figures are the smallest; what the targets disagree about and nobody can merge, such as prices, is
 * absent. Undefined for no models.
 */
export function sharedCapabilities(models: readonly ModelCapabilities[]): ModelCapabilities | undefined {
  const [first, ...rest] = models;
  return first && rest.reduce(sharedByTwo, first);
}

function sharedByTwo(a: ModelCapabilities, b: ModelCapabilities): ModelCapabilities {
  if (a === b) return a;
  const { price: _, embedding: __, lifecycle: ___, mantle: ____, displayName: _____, ...rest } = a;
  return {
    ...rest,
    ...same(a, b, [
      "price",
      "embedding",
      "lifecycle",
      "mantle",
      "displayName",
      "serviceTiers",
      "mediaLimits",
      "mediaRules",
      "turns",
      "invocation",
    ]),
    baseId: a.baseId === b.baseId ? a.baseId : undefined,
    family: a.family === b.family ? a.family : "unknown",
    ...smaller(a, b, ["contextWindow", "maxOutputTokens"]),
    input: merged(a.input, b.input, common),
    output: merged(a.output, b.output, common),
    reasoning: merged(a.reasoning, b.reasoning, reasoning),
    sampling: merged(a.sampling, b.sampling, sampling),
    tools: merged(a.tools, b.tools, tools),
    promptCaching: merged(a.promptCaching, b.promptCaching, promptCaching),
    systemPrompt: merged(a.systemPrompt, b.systemPrompt, (one, other) => one && other),
    holdUntilStop: merged(a.holdUntilStop, b.holdUntilStop, (one, other) => one || other),
    ...both(a, b, ["structuredOutput", "citations", "latencyOptimized"]),
  };
}

/** Where the value is that of one side, so is the provenance. */
function merged<T>(a: Known<T>, b: Known<T>, merge: (one: T, other: T) => T): Known<T> {
  const value = merge(a.value, b.value);
  return { value, provenance: equal(value, b.value) && !equal(value, a.value) ? b.provenance : a.provenance };
}

function equal(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function common<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return one.filter((value) => other.includes(value));
}

/** The fields whose values are equal on both sides; the others are absent. */
function same<K extends keyof ModelCapabilities>(
  a: ModelCapabilities,
  b: ModelCapabilities,
  fields: readonly K[],
): Partial<Pick<ModelCapabilities, K>> {
  const kept: Partial<Pick<ModelCapabilities, K>> = {};
  for (const field of fields) kept[field] = known(a[field], b[field]) ? a[field] : (undefined as never);
  return kept;
}

function known(one: unknown, other: unknown): boolean {
  return equal((one as Known<unknown> | undefined)?.value, (other as Known<unknown> | undefined)?.value);
}

/** A figure that one side does not know is not known of both. */
function smaller(
  a: ModelCapabilities,
  b: ModelCapabilities,
  fields: readonly ("contextWindow" | "maxOutputTokens")[],
): Partial<ModelCapabilities> {
  return Object.fromEntries(
    fields.map((field) => {
      const [one, other] = [a[field], b[field]];
      return [field, one && other && one.value > other.value ? other : other && one];
    }),
  );
}

function both(
  a: ModelCapabilities,
  b: ModelCapabilities,
  fields: readonly ("structuredOutput" | "citations" | "latencyOptimized")[],
): Partial<ModelCapabilities> {
  return Object.fromEntries(
    fields.map((field) => [field, a[field]?.value === true && b[field]?.value === true ? a[field] : undefined]),
  );
}

/** Models that are asked to think in different ways cannot be asked at all; what they thought is given back as words. */
function reasoning(one: Reasoning, other: Reasoning): Reasoning {
  if (equal(one, other)) return one;
  const signed = one.signed || other.signed;
  const replay =
    one.replay === other.replay ? one.replay : one.replay === "drop" || other.replay === "drop" ? "drop" : "text";
  const whenOmitted = one.whenOmitted === "on" || other.whenOmitted === "on" ? "on" : "off";
  if (one.mode !== other.mode || one.request !== other.request) {
    return { mode: whenOmitted === "on" ? "always" : "none", whenOmitted, off: "no", signed, replay };
  }
  const levels = one.levels && other.levels ? common(one.levels, other.levels) : undefined;
  return {
    ...one,
    levels,
    whenOmitted,
    off: one.off === other.off ? one.off : "no",
    minBudget: Math.max(one.minBudget ?? 0, other.minBudget ?? 0) || undefined,
    interleavedBeta: one.interleavedBeta === other.interleavedBeta ? one.interleavedBeta : undefined,
    textOnRequest: one.textOnRequest === true && other.textOnRequest === true,
    bareLevels: [...new Set([...(one.bareLevels ?? []), ...(other.bareLevels ?? [])])],
    signed,
    replay,
  };
}

function sampling(one: Sampling, other: Sampling): Sampling {
  return {
    temperature: one.temperature && other.temperature,
    topP: one.topP && other.topP,
    both: one.both && other.both,
    stopSequences: one.stopSequences && other.stopSequences,
    topK: one.topK === other.topK ? one.topK : undefined,
    whileThinking: one.whileThinking && other.whileThinking,
  };
}

function tools(one: ToolSupport, other: ToolSupport): ToolSupport {
  return {
    supported: one.supported && other.supported,
    streaming: one.streaming && other.streaming,
    choice: common(one.choice, other.choice),
    forcedChoiceRefusedWhileThinking: one.forcedChoiceRefusedWhileThinking || other.forcedChoiceRefusedWhileThinking,
    strict: one.strict && other.strict,
    imagesInResults: one.imagesInResults && other.imagesInResults,
    documentsInResults: one.documentsInResults && other.documentsInResults,
    mixedResults: one.mixedResults && other.mixedResults,
    mixedCalls: (one.mixedCalls ?? one.mixedResults) && (other.mixedCalls ?? other.mixedResults),
    resultStatus: one.resultStatus && other.resultStatus,
    schemaWithoutDefs: one.schemaWithoutDefs === true || other.schemaWithoutDefs === true,
  };
}

function promptCaching(one: PromptCaching, other: PromptCaching): PromptCaching {
  return {
    supported: one.supported && other.supported,
    fields: common(one.fields, other.fields),
    ttls: common(one.ttls, other.ttls),
    minTokens: Math.max(one.minTokens ?? 0, other.minTokens ?? 0) || undefined,
    maxPoints: Math.min(one.maxPoints, other.maxPoints),
  };
}
