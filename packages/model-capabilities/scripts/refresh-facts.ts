import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { FactRow, FactSource } from "../src/facts/types.ts";
import { decide, SOURCE_ORDER, type Tables } from "./facts/decide.ts";
import { groupIds } from "./facts/group.ts";
import { readCards, readLiteLlm, readModelsDev, readPiAi, type Table } from "./facts/tables.ts";
import { moduleText } from "./facts/write.ts";

const USAGE = `Writes the facts table from public tables and prints what they disagree about.

  pnpm facts:refresh [--card <url|path>] [--litellm <url|path>] [--pi-ai <url|path>] [--models-dev <url|path>] [--check]

Each option takes a URL or the path of a snapshot (a date in its name, or in its "generated" or "meta" fields, is its
date); the defaults are the public URLs. --check writes nothing and exits with 1 if the table would change.`;

const DEFINITIONS: Readonly<
  Record<
    keyof Tables,
    {
      readonly name: string;
      readonly option: string;
      readonly url: string;
      readonly read: (json: unknown) => Table;
    }
  >
> = {
  card: {
    name: "AWS model cards",
    option: "--card",
    url: "https://raw.githubusercontent.com/jorke/bedrock-model-map/main/bedrock_models.json",
    read: readCards,
  },
  litellm: {
    name: "LiteLLM",
    option: "--litellm",
    url: "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json",
    read: readLiteLlm,
  },
  piAi: {
    name: "pi-ai",
    option: "--pi-ai",
    url: "https://cdn.jsdelivr.net/npm/@earendil-works/pi-ai/dist/providers/data/amazon-bedrock.json",
    read: readPiAi,
  },
  modelsDev: { name: "models.dev", option: "--models-dev", url: "https://models.dev/api.json", read: readModelsDev },
};

const OUTPUT = fileURLToPath(new URL("../src/facts/generated/table.ts", import.meta.url));

interface Loaded {
  readonly table: Table;
  readonly source: FactSource;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      card: { type: "string" },
      litellm: { type: "string" },
      "pi-ai": { type: "string" },
      "models-dev": { type: "string" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const [card, litellm, piAi, modelsDev] = await Promise.all([
    load("card", values.card),
    load("litellm", values.litellm),
    load("piAi", values["pi-ai"]),
    load("modelsDev", values["models-dev"]),
  ]);
  const loaded = { card, litellm, piAi, modelsDev };
  const tables: Tables = { card: card.table, litellm: litellm.table, piAi: piAi.table, modelsDev: modelsDev.table };
  const groups = groupIds(SOURCE_ORDER.flatMap((source) => [...tables[source].keys()]));
  const rows = new Map<string, FactRow>();
  for (const [key, members] of groups)
    rows.set(
      key,
      decide(key, members, tables, (line) => console.log(line)),
    );
  const written = moduleText(
    SOURCE_ORDER.map((source) => loaded[source].source),
    rows,
  );
  const before = await readFile(OUTPUT, "utf8").catch(() => "");
  console.log(`${rows.size} models; ${written === before ? "unchanged" : "changed"}`);
  if (values.check) process.exitCode = written === before ? 0 : 1;
  else await writeFile(OUTPUT, written);
}

async function load(role: keyof Tables, from: string | undefined): Promise<Loaded> {
  const { name, option, url, read } = DEFINITIONS[role];
  const place = from ?? url;
  const json = parsed(await textOf(name, option, place), name, place);
  const table = read(json);
  if (table.size === 0) throw new Error(`${name}: no Bedrock model found in ${place}; has its shape changed?`);
  return { table, source: { name, url, date: dateOf(place, json) } };
}

async function textOf(name: string, option: string, place: string): Promise<string> {
  const isUrl = /^https?:/.test(place);
  try {
    if (!isUrl) return await readFile(place, "utf8");
    const answer = await fetch(place, { signal: AbortSignal.timeout(60_000) });
    if (!answer.ok) throw new Error(`HTTP ${answer.status} ${answer.statusText}`.trim());
    return await answer.text();
  } catch (error) {
    const verb = isUrl ? "reach" : "read";
    throw new Error(
      `${name}: cannot ${verb} ${place} (${reasonOf(error)}); give a snapshot's path or another URL by ${option}`,
    );
  }
}

function parsed(text: string, name: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${name}: ${place} is not JSON`);
  }
}

/** `fetch` says only that it failed; its cause, by code, says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}

/** A snapshot's day: in its name, or stated inside, else today's. */
function dateOf(place: string, json: unknown): string {
  const named = /[0-9]{4}-[0-9]{2}-[0-9]{2}/.exec(/^https?:/.test(place) ? "" : basename(place))?.[0];
  if (named !== undefined) return named;
  const head = JSON.stringify(json).slice(0, 4000);
  const stated =
    /"awsModelCard":\{[^}]*?"date":"([0-9-]{10})/.exec(head)?.[1] ?? /"generatedAt":"([0-9-]{10})/.exec(head)?.[1];
  return stated ?? new Date().toISOString().slice(0, 10);
}

await main().catch((error: unknown) => {
  console.error(`facts:refresh: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
