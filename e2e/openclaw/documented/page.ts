import type { Entry, Outcome } from "./entry.ts";

export interface Tried {
  readonly entry: Entry;
  readonly outcome: Outcome;
}

/** The guide that shows every documented command and setting with what came of it. */
export function pageOf(tried: readonly Tried[], version: string): string {
  return `${[
    "# Documented commands and settings, tried",
    `Everything OpenClaw's pages on Bedrock and Mantle tell their users to type, tried on OpenClaw ${version} with this plugin, against the
Bedrock emulator. \`pnpm test:openclaw --only documented\` tries it all again and fails where this page is no longer true (\`--update\` writes it).
Placeholders such as \`"AKIA..."\` stand for working values.`,
    summary(tried),
    ...tried.map(({ entry, outcome }, index) => section(entry, outcome, index + 1)),
  ].join("\n\n")}\n`;
}

function summary(tried: readonly Tried[]): string {
  const rows = tried.map(({ entry, outcome }, index) => [`${index + 1}`, entry.title, entry.page, outcome.verdict]);
  const header = ["", "What", "Page", "Verdict"];
  const widths = header.map((_, column) => Math.max(3, ...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [header, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
}

function section({ title, page, shell, config }: Entry, outcome: Outcome, number: number): string {
  return [
    `## ${number}. ${title}`,
    `Page: ${page}`,
    ...(shell === undefined ? [] : [fenced("bash", shell)]),
    ...(config === undefined ? [] : [fenced("json5", config)]),
    ...verdict(outcome),
    outcome.seen.map((line) => `- ${line}`).join("\n"),
  ].join("\n\n");
}

function verdict(outcome: Outcome): readonly string[] {
  switch (outcome.verdict) {
    case "works as written":
      return ["**Works as written.**"];
    case "skipped":
      return ["**Skipped.**"];
    case "migrated":
      return [
        "**Migrated** by `openclaw doctor --fix`. Before:",
        fenced("json", JSON.stringify(outcome.before, null, 2)),
        "After:",
        fenced("json", JSON.stringify(outcome.after, null, 2)),
      ];
    case "impossible on this host":
      return [
        "**Impossible on this host.** It says:",
        fenced("text", outcome.message),
        "Instead:",
        fenced(outcome.language, outcome.instead),
      ];
  }
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
