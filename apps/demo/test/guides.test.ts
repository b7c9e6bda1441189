import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { type AnswerEvent, defaultGuardrail, type Emulator, startEmulator } from "@clawrock/bedrock-emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");
/** `UPDATE_GUIDES=1` writes what the programs print into the guides. */
const update = process.env["UPDATE_GUIDES"] === "1";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({
    engine: () => {
      const said: AnswerEvent[] = [
        { kind: "text", text: "Ann does; write to ann@example.com." },
        { kind: "stop", reason: "end_turn" },
      ];
      return said;
    },
    guardrails: [
      {
        id: "officerules1",
        versions: ["1"],
        words: ["launch codes"],
        topics: [{ name: "Investing", phrases: ["stock tips"] }],
        pii: [{ type: "EMAIL", action: "ANONYMIZE" }],
        regexes: [{ name: "ticket", pattern: "T-\\d{4}", action: "ANONYMIZE" }],
        blockedInputMessaging: "Sorry, that is nothing for the office.",
        blockedOutputsMessaging: "Sorry, I cannot say that in the office.",
      },
      { ...defaultGuardrail, id: "groundedrules1", contextualGrounding: { grounding: 0.75, relevance: 0.5 } },
    ],
  });
});
afterAll(() => emulator.close());

/** What a program of a guide prints. */
async function printed(code: string): Promise<string> {
  const options = ["--conditions=@clawrock/source", "--input-type=module-typescript", "--eval", code];
  const env = { PATH: process.env["PATH"], ...emulator.env };
  const { stdout } = await promisify(execFile)(process.execPath, options, { cwd: home, env });
  return stdout;
}

describe.each(["guardrails", "embeddings"])("the guide to %s", (name) => {
  const file = path.resolve(home, `../../docs/guides/${name}.md`);
  const programs = [...readFileSync(file, "utf8").matchAll(/```ts\n(.+?)```\n\n```text\n(.*?)```/gsu)].map(
    ([whole, code = "", shown = ""]) => ({ whole, code, shown }),
  );

  it("holds programs", () => expect(programs.length).toBeGreaterThanOrEqual(4));

  it.each(programs)("prints what it shows: %#", async ({ whole, code, shown }) => {
    const output = await printed(code);
    if (update) {
      const text = readFileSync(file, "utf8");
      writeFileSync(
        file,
        text.replace(whole, () => whole.replace(/```text\n.*?```$/su, () => `\`\`\`text\n${output}\`\`\``)),
      );
      return;
    }
    expect(output).toBe(shown);
  });
});
