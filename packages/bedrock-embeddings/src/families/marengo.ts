import type { EmbeddingFamily } from "./family.ts";
import { oneRow, record } from "./read-json.ts";

/**
 * The text side of TwelveLabs Marengo 2.7, which takes its text flat.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-marengo.html
 */
export const marengo2: EmbeddingFamily = {
  name: "TwelveLabs Marengo 2.7",
  truncates: true,
  body: ({ texts: [inputText], truncate }) => ({
    inputType: "text",
    inputText,
    textTruncate: truncate ? "end" : "none",
  }),
  vectors,
};

/**
 * The text side of TwelveLabs Marengo 3, which takes its text nested.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-marengo-3.html
 */
export const marengo3: EmbeddingFamily = {
  name: "TwelveLabs Marengo 3",
  truncates: false,
  body: ({ texts: [inputText] }) => ({ inputType: "text", text: { inputText } }),
  vectors,
};

/** The page shows `data` as an object and as a list of one. */
function vectors({ data, embedding }: Readonly<Record<string, unknown>>): readonly (readonly number[])[] | undefined {
  const entry = record(Array.isArray(data) ? data[0] : data);
  return oneRow(entry["embedding"]) ?? oneRow(embedding);
}
