import type { OutputConfig } from "@aws-sdk/client-bedrock-runtime";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import type { ResponseFormat, SystemContent } from "../types.ts";
import { invalidOption, type OptionLog } from "./option-log.ts";
import { soundSchema, strictSchema } from "./schema.ts";

export interface FormatFields {
  readonly outputConfig?: OutputConfig;
  /** Words for the system prompt, where the model knows no `outputConfig`. */
  readonly instruction?: SystemContent;
}

/**
 * An answer in JSON: by `outputConfig.textFormat` where the model takes it, else asked for in the system prompt.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html
 */
export function formatFields(
  format: ResponseFormat | undefined,
  capabilities: ModelCapabilities,
  log: OptionLog,
): FormatFields {
  if (format === undefined) return {};
  if (typeof format !== "object" || format === null) {
    throw invalidOption("responseFormat is no object", 'Give { schema: { type: "object", … } }');
  }
  const schema = soundSchema(format.schema, "responseFormat.schema");
  const { name, description } = format;
  if (capabilities.structuredOutput?.value !== true) {
    log.changed("responseFormat", "the model takes no schema; it is asked for the format in the system prompt");
    const about = description ? ` (${description})` : "";
    const text = `Answer with one JSON value${about} and nothing else, no words around it and no code fence. It must be valid against this JSON Schema:\n${JSON.stringify(schema)}`;
    return { instruction: { type: "text", text: text.toWellFormed() } };
  }
  const jsonSchema = {
    schema: JSON.stringify(strictSchema(schema)),
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
  return { outputConfig: { textFormat: { type: "json_schema", structure: { jsonSchema } } } };
}
