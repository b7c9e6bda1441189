import {
  capabilitiesOf,
  type InputModality,
  type Known,
  type ModelCapabilities,
  type ModelRef,
  type OutputModality,
} from "@clawrock/model-capabilities";
import type { ListedModel } from "../lists/list-foundation-models.ts";

/** Modalities as the service spells them. A word that is not here tells nothing. */
const INPUT: Readonly<Record<string, InputModality>> = {
  TEXT: "text",
  IMAGE: "image",
  VIDEO: "video",
  SPEECH: "audio",
  AUDIO: "audio",
};
const OUTPUT: Readonly<Record<string, OutputModality>> = {
  TEXT: "text",
  IMAGE: "image",
  VIDEO: "video",
  EMBEDDING: "embedding",
  SPEECH: "speech",
};

/** `listedCapabilities` of a listing: worked out once for each model, however many profiles lead to it. */
export type CapabilitiesOf = (ref: ModelRef, listed: ListedModel | undefined) => ModelCapabilities;

/** `date` is the day of the list. */
export function capabilityReader(date: string): CapabilitiesOf {
  const known = new Map<ModelRef, ModelCapabilities>();
  const input = modalityReader(INPUT, date);
  const output = modalityReader(OUTPUT, date);
  return (ref, listed) => {
    // A ref has one listed model: that of its base id.
    const before = known.get(ref);
    if (before) return before;
    const plain = capabilitiesOf(ref);
    const capabilities = listedCapabilities(plain, listed, input, output);
    if (capabilities !== plain) known.set(ref, capabilities);
    return capabilities;
  };
}

/**
 * What is known of a model, and what the account's own list adds: modalities that no table or rule has, so that a model
 * nobody has heard of shows what it takes.
 */
function listedCapabilities(
  known: ModelCapabilities,
  listed: ListedModel | undefined,
  readInput: ModalityReader<InputModality>,
  readOutput: ModalityReader<OutputModality>,
): ModelCapabilities {
  if (!listed) return known;
  const input = readInput(known.input, listed.input);
  const output = readOutput(known.output, listed.output);
  return input === known.input && output === known.output ? known : { ...known, input, output };
}

type Modalities<T> = Known<readonly T[]>;
type ModalityReader<T> = (known: Modalities<T>, listed: readonly string[]) => Modalities<T>;

/** Adds words of a list to what is known. Many models share both: each pair is added up once. */
function modalityReader<T extends string>(words: Readonly<Record<string, T>>, date: string): ModalityReader<T> {
  const sums = new Map<Modalities<T>, Map<string, Modalities<T>>>();
  return (known, listed) => {
    const sofar = sums.get(known) ?? new Map<string, Modalities<T>>();
    sums.set(known, sofar);
    const text = listed.join();
    const sum = sofar.get(text) ?? added(known, listed, words, date);
    sofar.set(text, sum);
    return sum;
  };
}

function added<T extends string>(
  known: Modalities<T>,
  listed: readonly string[],
  words: Readonly<Record<string, T>>,
  date: string,
): Modalities<T> {
  const said = listed.flatMap((word) => (Object.hasOwn(words, word) ? (words[word] ?? []) : []));
  const isGuess = known.provenance.from === "default" && said.length > 0;
  const value = [...new Set(isGuess ? said : [...known.value, ...said])];
  if (value.length === known.value.length && value.every((each) => known.value.includes(each))) return known;
  return { value, provenance: { from: "fact", source: "ListFoundationModels", date } };
}
