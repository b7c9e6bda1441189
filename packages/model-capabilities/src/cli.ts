#!/usr/bin/env node
import { parseArgs } from "node:util";
import { capabilitiesOf, explain, parseModelRef } from "./index.ts";

const USAGE = `Says what Amazon Bedrock model ids mean and what those models can do. No network, no credentials.

  clawrock-model [--json] <id, profile id or ARN>...`;

const { values, positionals } = readArguments();

if (values.help || positionals.length === 0) {
  console.log(USAGE);
  process.exitCode = values.help ? 0 : 2;
} else {
  const refs = positionals.map(parseModelRef);
  if (values.json)
    console.log(
      JSON.stringify(
        refs.map((ref) => ({ ref, capabilities: capabilitiesOf(ref) })),
        undefined,
        2,
      ),
    );
  else console.log(refs.map(explain).join("\n\n"));
  if (refs.some((ref) => ref.kind === "unknown")) process.exitCode = 1;
}

function readArguments(): { values: { json?: boolean; help?: boolean }; positionals: string[] } {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { json: { type: "boolean" }, help: { type: "boolean", short: "h" } },
    });
  } catch (error) {
    console.error(`clawrock-model: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
}
