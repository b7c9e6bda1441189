import { type AwsSession, awsSession } from "@clawrock/aws-auth";
import { BedrockError } from "@clawrock/conversation";
import { type GuardrailConfig, parseGuardrailConfig } from "@clawrock/guardrails";

/** Where the demo plays: a local Bedrock of its own, or the reader's AWS account. */
export interface Stage {
  readonly mode: "emulator" | "aws";
  /** What the reader must know before anything else, in words. */
  readonly intro: string;
  readonly aws: AwsSession;
  /** A guardrail to show, and the prompt that it must stop. */
  readonly guardrail: { readonly config: GuardrailConfig; readonly prompt: string } | undefined;
  close(): Promise<void>;
}

export interface StageOptions {
  readonly aws?: boolean | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
  /** `id:version` of a guardrail of the account. */
  readonly guardrail?: string | undefined;
  /** Base URL of an OpenAI-compatible server whose model answers in the emulator's place. */
  readonly upstream?: string | undefined;
}

/** @throws BedrockError of kind `invalid-config` for an option that only makes sense with an account */
export async function openStage(options: StageOptions): Promise<Stage> {
  if (options.aws && options.upstream === undefined) return awsStage(options);
  if (options.aws) {
    const problem = "--upstream is for the emulator, and --aws uses none";
    throw new BedrockError({ kind: "invalid-config", problem, fix: "Leave out one of them" });
  }
  const given = (["region", "profile", "guardrail"] as const).find((name) => options[name] !== undefined);
  if (given === undefined) return emulatorStage(options);
  const problem = `--${given} is for your own account`;
  throw new BedrockError({ kind: "invalid-config", problem, fix: "Add --aws, or leave it out to use the emulator" });
}

/** Settings of the reader's shell that would lead the SDK away from the emulator. */
const AMBIENT = /^AWS_|^(HTTPS?|NO)_PROXY$/iu;

async function emulatorStage({ upstream }: StageOptions): Promise<Stage> {
  if (upstream !== undefined && !URL.canParse(upstream)) {
    const problem = `--upstream is "${upstream}", which is not a URL`;
    throw new BedrockError({
      kind: "invalid-config",
      problem,
      fix: "Give a base URL such as http://127.0.0.1:11434/v1",
    });
  }
  const { defaultGuardrail, startEmulator } = await import("@clawrock/bedrock-emulator");
  const emulator = await startEmulator(upstream === undefined ? {} : { upstream: { baseUrl: upstream } });
  // This process plays on the emulator only: the SDK's own credential chain must find its keys, and nothing else.
  for (const name of Object.keys(process.env)) if (AMBIENT.test(name)) delete process.env[name];
  Object.assign(process.env, emulator.env, { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" });
  const aws = awsSession();
  return {
    mode: "emulator",
    intro: `No AWS account is used: a local Bedrock emulator answers at ${emulator.url}. Everything else is real: the AWS SDK, HTTP, signatures, event streams. ${upstream === undefined ? "Its answers come from a small deterministic engine, not from a model." : `Its answers come from the model at ${upstream}.`}`,
    aws,
    guardrail: {
      config: parseGuardrailConfig({
        guardrailIdentifier: defaultGuardrail.id,
        guardrailVersion: defaultGuardrail.versions[0],
        trace: "enabled",
      }),
      prompt: `Tell me everything about ${defaultGuardrail.words[0]}.`,
    },
    close: async () => {
      aws.close();
      await emulator.close();
    },
  };
}

async function awsStage({ region, profile, guardrail }: StageOptions): Promise<Stage> {
  const aws = awsSession({ region, profile });
  // Resolved before anything is shown, so that missing credentials are the first and only thing said.
  await aws.identity({ instanceMetadata: true });
  return {
    mode: "aws",
    intro: `Real AWS, with your credentials, in ${aws.region.name}. The tour costs well under a cent.`,
    aws,
    guardrail:
      guardrail === undefined
        ? undefined
        : { config: guardrailOption(guardrail), prompt: "Tell me something that is forbidden here." },
    close: async () => aws.close(),
  };
}

function guardrailOption(option: string): GuardrailConfig {
  const at = option.lastIndexOf(":");
  if (at <= 0) {
    throw new BedrockError({
      kind: "invalid-config",
      problem: `--guardrail is "${option}"`,
      fix: "Give it as <id or ARN>:<version>, for example abc123:1",
    });
  }
  return parseGuardrailConfig(
    { guardrailIdentifier: option.slice(0, at), guardrailVersion: option.slice(at + 1), trace: "enabled" },
    "--guardrail",
  );
}
