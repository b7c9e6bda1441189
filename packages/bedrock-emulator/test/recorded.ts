import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "../src/index.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? fileURLToPath(new URL("../../../../shared/data", import.meta.url));
const folder = `${data}/recordings`;

/** One recorded interaction, as the tests read it. */
export interface RecordedCall {
  readonly name: string;
  readonly operation: string;
  readonly modelId: string;
  readonly status: number;
  readonly request: JsonObject;
}

/** Recorded requests of operations; none where the recordings are missing. */
export function recordedCalls(operation: RegExp): readonly RecordedCall[] {
  if (!existsSync(folder)) return [];
  return globSync("*/*.json", { cwd: folder })
    .map((file): RecordedCall => JSON.parse(readFileSync(`${folder}/${file}`, "utf8")))
    .filter((call) => operation.test(call.operation) && typeof call.request === "object");
}
