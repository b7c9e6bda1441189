import type { Diagnosis } from "@clawrock/aws-auth";

/** Whether the identity may do something, as far as was seen. */
export type PermissionState = "allowed" | "denied" | "unknown";

export interface Permission {
  readonly action: string;
  readonly state: PermissionState;
  /** What was seen. */
  readonly evidence: string;
}

/** Something that stands in the way, and what to do about it; one line. */
export interface Problem {
  readonly area: "plugin" | "config" | "aws" | "bedrock" | "mantle" | "guardrail" | "probe";
  readonly message: string;
}

export interface HiddenGroup {
  readonly reason: string;
  readonly count: number;
  /** One of them in words. */
  readonly example: string;
}

/** Whether the account was granted access to the models, which no list says. */
export interface AccessReport {
  readonly granted: number;
  /** Ids. */
  readonly notGranted: readonly string[];
  readonly unknown: number;
  /** One line on what is missing, or why it is unknown. */
  readonly detail: string | undefined;
}

export interface ListReport {
  /** Whether the plugin lists these models for OpenClaw, and why. */
  readonly enabled: boolean;
  readonly why: string;
  readonly region: string | undefined;
  /** Where the credentials come from that are used here. */
  readonly credentials: string;
  /** Undefined where the list could not be read. */
  readonly models: number | undefined;
  /** Models for which OpenClaw shows no cost, because no price is known. */
  readonly priceUnknown: readonly string[];
  /** Undefined where it was not asked. */
  readonly access: AccessReport | undefined;
  readonly hidden: readonly HiddenGroup[];
  readonly warnings: readonly string[];
}

export interface GuardrailReport {
  readonly identifier: string;
  readonly version: string;
  /** Its name, where it was found. */
  readonly name: string | undefined;
  readonly state: "ready" | "not ready" | "missing" | "unknown";
  /** One line on what is wrong, or why it is unknown. */
  readonly detail: string | undefined;
}

export interface ProbeReport {
  /** The provider of OpenClaw it went through. */
  readonly provider: string;
  /** Without the provider. */
  readonly model: string;
  /** The API that answered, such as `bedrock-converse-stream` or `openai-completions`. */
  readonly via: string | undefined;
  /** Whether the configured guardrail was applied. */
  readonly guarded: boolean;
  /** The most it can have cost, in USD; undefined where the price is not known. */
  readonly atMostUsd: number | undefined;
  readonly ok: boolean;
  readonly answer: string;
  readonly costUsd: number | undefined;
  readonly firstTokenMs: number | undefined;
}

/** What the doctor found, and what `--json` prints. It holds no secret. */
export interface DoctorReport {
  readonly ok: boolean;
  readonly plugin: { readonly version: string; readonly madeFor: string; readonly host: string | undefined };
  readonly aws: Diagnosis | undefined;
  readonly bedrock: ListReport | undefined;
  readonly mantle: ListReport | undefined;
  readonly guardrail: GuardrailReport | undefined;
  readonly probe: ProbeReport | undefined;
  readonly permissions: readonly Permission[];
  readonly problems: readonly Problem[];
}
