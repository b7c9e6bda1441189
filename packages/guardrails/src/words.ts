/** A configured value as a message may show it: JSON, on one line, cut when long. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  return value === "" ? "an empty string" : quoted(value);
}

/** A short text in quotes, on one line, cut after 80 characters. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/gu, " ");
  return JSON.stringify(line.length > 80 ? `${line.slice(0, 80)}…` : line);
}

/** `"a", "b" or "c"`. */
export function listed(choices: readonly string[]): string {
  const words = choices.map((choice) => `"${choice}"`);
  const last = words.pop() ?? "";
  return words.length > 0 ? `${words.join(", ")} or ${last}` : last;
}
