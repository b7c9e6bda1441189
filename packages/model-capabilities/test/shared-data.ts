import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where the lists and tables are. */
export const SHARED_DATA: string =
  process.env["CLAWROCK_SHARED_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));

/** Whether the lists and tables that the project does not carry are there. */
export const HAS_SHARED_DATA: boolean = existsSync(`${SHARED_DATA}/control-plane`);

export interface ListedModel {
  readonly modelId: string;
  readonly modelArn: string;
  readonly inputModalities: readonly string[];
  readonly outputModalities: readonly string[];
  readonly modelLifecycle: { readonly status: string };
}

export interface ListedProfile {
  readonly inferenceProfileId: string;
  readonly inferenceProfileArn: string;
  readonly models: readonly { readonly modelArn: string }[];
}

export interface Available {
  readonly model_lifecycle_status: string;
  readonly outputModalities: readonly string[];
  readonly mantle_apis?: readonly string[];
  readonly runtime_supported?: boolean;
  readonly inference_types?: Readonly<Record<string, readonly string[]>>;
}

export function foundationModels(): readonly ListedModel[] {
  return read<{ modelSummaries: ListedModel[] }>("control-plane/list-foundation-models.us-east-1.2026-01-01.json")
    .modelSummaries;
}

export function inferenceProfiles(): readonly ListedProfile[] {
  return read<{ inferenceProfileSummaries: ListedProfile[] }>(
    "control-plane/list-inference-profiles.us-east-1.2026-01-01.json",
  ).inferenceProfileSummaries;
}

export function availability(): Readonly<Record<string, Available>> {
  return read("control-plane/availability.all-regions.2026-08-21.json");
}

/** Ids of the joined public tables, Mantle's and regional ones included. */
export function tableIds(): readonly string[] {
  return Object.keys(read<{ models: Record<string, unknown> }>("model-facts/model-facts.json").models);
}

function read<T>(path: string): T {
  return JSON.parse(readFileSync(`${SHARED_DATA}/${path}`, "utf8"));
}
