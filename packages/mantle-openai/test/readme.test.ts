import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { startEmulator } from "@clawrock/bedrock-emulator";
import { expect, it } from "vitest";

const home = path.resolve(import.meta.dirname, "..");
const examples = [...readFileSync(path.join(home, "README.md"), "utf8").matchAll(/```ts\n(.+?)```/gsu)];

it.each([
  ["chat completions", /: responses at http.*\n\d+ models\n.*river.*\nstop: [1-9]\d* tokens in, [1-9]\d* out\n$/su],
  ["responses", /^get_weather\(\{"city":.*\}\)\n.*24 degrees.*\nstop by openai-responses\n$/su],
  ["messages", /^[1-9]\d* tokens\n.*mountain.*\nstop by anthropic-messages\n$/su],
])("the README's example of %s runs as it stands", async (name, expected) => {
  const at = ["chat completions", "responses", "messages"].indexOf(name);
  expect(examples).toHaveLength(3);
  const emulator = await startEmulator();
  const options = [
    "--conditions=@clawrock/source",
    "--input-type=module-typescript",
    "--eval",
    examples[at]?.[1] ?? "",
  ];
  const env = { PATH: process.env["PATH"], ...emulator.env };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, options, { cwd: home, env });
  await emulator.close();
  expect(stderr).toBe("");
  expect(stdout).toMatch(expected);
});
