#!/usr/bin/env node
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { jsonLine, logLine } from "./cli-log.ts";
import { type Emulator, startEmulator } from "./emulator.ts";
import { type FaultScriptFile, readFaultScript } from "./faults/read-script.ts";
import type { OpenAiEndpoint } from "./http/address.ts";
import type { RequestRecord } from "./request-record.ts";

interface CliOptions {
  readonly port: number;
  readonly host: string;
  readonly region: string;
  readonly upstream?: string;
  readonly upstreamModel?: string;
  readonly eventDelay: number;
  readonly faults?: string;
  readonly openaiEndpoint: OpenAiEndpoint;
  readonly tls?: true;
  readonly jsonLog?: true;
}

const program = new Command("bedrock-emulator")
  .description(
    "A local Amazon Bedrock. Prints the variables that point any AWS SDK at it, then a line for every request.",
  )
  .option("--port <number>", "port to listen on; 0 takes a free one", portOf, 4599)
  .option(
    "--host <address>",
    "address to listen on; any but loopback lets others on the network in",
    hostOf,
    "127.0.0.1",
  )
  .option("--region <region>", "region that it plays", regionOf, "us-east-1")
  .option(
    "--upstream <url>",
    "base URL of an OpenAI-compatible server whose model answers, as http://127.0.0.1:11434/v1",
  )
  .option("--upstream-model <id>", "model of that server (default: the first that it lists)")
  .option("--event-delay <ms>", "milliseconds between the events of a stream", countOf, 0)
  .option("--faults <file>", "faults of the coming calls, one a line: throttle, cut=1200, -, ListModels: empty, …")
  .addOption(
    new Option("--openai-endpoint <name>", "whose /openai/v1 it is, where neither host name nor path prefix says it")
      .choices(["either", "mantle", "runtime"])
      .default("either"),
  )
  .option("--tls", "speak TLS, with a certificate of its own that the printed variables trust")
  .option("--json-log", "log requests as JSON lines, with bodies")
  .action(run);

function portOf(text: string): number {
  const port = countOf(text);
  if (port > 65_535) throw new InvalidArgumentError("a port is at most 65535.");
  return port;
}

function hostOf(text: string): string {
  // An empty one would listen on every address.
  if (text.trim() === "") throw new InvalidArgumentError("an address is needed, as 127.0.0.1.");
  return text;
}

function regionOf(text: string): string {
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(text)) throw new InvalidArgumentError("a region is needed, as eu-central-1.");
  return text;
}

function countOf(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("a whole number is needed.");
  return Number(text);
}

async function run(options: CliOptions): Promise<void> {
  if (options.upstream !== undefined && !URL.canParse(options.upstream)) {
    program.error(`error: --upstream ${options.upstream} is not a URL. Give a base URL, as http://127.0.0.1:11434/v1.`);
  }
  const emulator = await start(options);
  const variables = { ...emulator.env, ...trustOf(emulator) };
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}=${quoted(value)}\n`);
  const engine = options.upstream === undefined ? "the built-in engine" : options.upstream;
  process.stderr.write(
    `Amazon Bedrock (emulated, ${options.region}) at ${emulator.url}, answered by ${engine}. Ctrl-C ends it.\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void emulator.close().then(() => process.exit(0)));
  }
}

/** A value as a shell reads it back. */
function quoted(value: string): string {
  return /^[\w@%+=:,./[\]-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** Variables by which the SDKs trust the emulator's certificate; none without TLS. */
function trustOf(emulator: Emulator): Record<string, string> {
  if (emulator.certificate === undefined) return {};
  const file = join(mkdtempSync(join(tmpdir(), "bedrock-emulator-")), "certificate.pem");
  writeFileSync(file, emulator.certificate);
  return { AWS_CA_BUNDLE: file, NODE_EXTRA_CA_CERTS: file };
}

function faultsOf(file: string | undefined): Partial<FaultScriptFile> {
  if (file === undefined) return {};
  try {
    return readFaultScript(readFileSync(file, "utf8"), file);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const unread = code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "it is a folder" : undefined;
    const problem = error instanceof Error ? error.message : String(error);
    return program.error(`error: ${unread ? `--faults ${file} cannot be read: ${unread}.` : problem}`);
  }
}

async function start(options: CliOptions): Promise<Emulator> {
  const faults = faultsOf(options.faults);
  const toLine = options.jsonLog ? jsonLine : (record: RequestRecord) => logLine(record);
  try {
    return await startEmulator({
      port: options.port,
      host: options.host,
      region: options.region,
      eventDelayMs: options.eventDelay,
      keepRequests: false,
      openAiEndpoint: options.openaiEndpoint,
      tls: options.tls === true,
      ...faults,
      onRequest: (record) => process.stderr.write(`${toLine(record)}\n`),
      ...(options.upstream !== undefined && {
        upstream: {
          baseUrl: options.upstream,
          ...(options.upstreamModel !== undefined && { model: options.upstreamModel }),
          ...(process.env["OPENAI_API_KEY"] && { apiKey: process.env["OPENAI_API_KEY"] }),
        },
      }),
    });
  } catch (error) {
    return program.error(`error: ${listenProblem(error, options)}`);
  }
}

function listenProblem(error: unknown, { host, port }: CliOptions): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `port ${port} of ${host} is taken. Choose another with --port, or 0 for a free one.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine. Choose another with --host.`;
  if (code === "EACCES") return `port ${port} needs more rights. Choose one above 1023 with --port.`;
  return error instanceof Error ? error.message : String(error);
}

// Who reads the variables or the log may stop reading; the emulator goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

await program.parseAsync();
