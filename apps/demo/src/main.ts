import { toBedrockError } from "@clawrock/conversation";
import { Command, Option } from "commander";
import { chat } from "./chat.ts";
import { type Screen, silent, terminal } from "./screen.ts";
import { openStage, type Stage, type StageOptions } from "./stage.ts";
import { tour } from "./tour.ts";

interface Options extends StageOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
  readonly model?: string;
}

const program = new Command("pnpm demo")
  .description("A tour of Clawrock. Plays on a local Bedrock emulator unless --aws is given.")
  .option("--aws", "use AWS with your own credentials")
  .option("--region <region>", "AWS region (with --aws)")
  .option("--profile <profile>", "profile of the shared AWS files (with --aws)")
  .option("--guardrail <id:version>", "a guardrail of your account to show (with --aws)")
  .option("--upstream <url>", "let a real model answer: an OpenAI-compatible base URL (Ollama, llama.cpp)")
  .option("--json", "print one JSON document instead of words")
  .addOption(new Option("--debug", "show stack traces").hideHelp())
  .action(() =>
    run(async (stage, screen) => {
      const report = await tour(stage, screen);
      if (report.failed.length > 0) process.exitCode = 1;
      return report;
    }),
  );

program
  .command("chat <question>")
  .description("ask one question")
  .option("--model <id>", "model id, inference profile id or ARN; default: the cheapest")
  .action((question: string) => run((stage, screen) => chat(question, options().model, stage, screen)));

function options(): Options {
  return { ...program.opts<Options>(), ...program.commands[0]?.opts<Options>() };
}

/** Opens the stage, plays, and closes it whatever happened. A failure is one line and exit code 1. */
async function run(act: (stage: Stage, screen: Screen) => Promise<object>): Promise<void> {
  const { json, debug } = options();
  try {
    const stage = await openStage(options());
    try {
      const report = await act(stage, json ? silent : terminal(process.stdout));
      if (json) process.stdout.write(`${JSON.stringify(report, undefined, 2)}\n`);
    } finally {
      await stage.close();
    }
  } catch (error) {
    const { message, kind } = toBedrockError(error);
    process.stderr.write(debug && error instanceof Error ? `${error.stack}\n` : `${message}\n`);
    if (json) process.stdout.write(`${JSON.stringify({ error: kind, message })}\n`);
    process.exitCode = 1;
  }
}

// A reader that has seen enough (`pnpm demo | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

await program.parseAsync();
