import type { EmulatorCredentials } from "./auth/identities.ts";
import type { Engine } from "./engine/turn.ts";
import type { Fault } from "./faults/fault.ts";
import type { EmulatorGuardrail } from "./guardrails/guardrail.ts";
import type { OpenAiEndpoint } from "./http/address.ts";
import type { ServerCertificate } from "./http/certificate.ts";
import type { AccountAccess } from "./models/account-access.ts";
import type { OwnModel } from "./models/own-models.ts";
import type { ApplicationProfile } from "./models/profiles.ts";
import type { FoundationModel } from "./models/table.ts";
import type { ReplayOptions } from "./replay.ts";
import type { RequestRecord } from "./request-record.ts";
import type { UpstreamOptions } from "./upstream/upstream-engine.ts";

/** Everything about an emulator that can be chosen; all of it has a default. */
export interface EmulatorOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Default: 127.0.0.1. Others on the network can reach any other address. */
  readonly host?: string;
  /** Speaks TLS: with a certificate that it makes and signs itself, or with the given one (PEM). Default: false. */
  readonly tls?: boolean | ServerCertificate;
  /** Default: us-east-1. */
  readonly region?: string;
  /** Further regions whose signatures are taken; each sees its own profiles. */
  readonly regions?: readonly string[];
  /** Default: 123456789012. */
  readonly accountId?: string;
  /** Access keys that are known. Default: one random key. The first is the one in `env`. */
  readonly credentials?: readonly EmulatorCredentials[];
  /** Bedrock API keys that are known. Default: one random key. */
  readonly apiKeys?: readonly string[];
  /** Seconds that credentials of the instance, the container and the SSO portal last. Default: 3600. */
  readonly sessionSeconds?: number;
  /** Web identity tokens that STS takes. Default: one random one. */
  readonly webIdentityTokens?: readonly string[];
  /** Access tokens of SSO sessions that the portal takes. Default: one random one. */
  readonly ssoTokens?: readonly string[];
  /** Time of the signature checks and of the prompt cache. Default: the system's clock. */
  readonly clock?: () => Date;
  /** Rows in a page of a list without `maxResults`. Default: 5. */
  readonly pageSize?: number;
  /** Models beside those of the built-in table; they come first in the list. */
  readonly models?: readonly FoundationModel[];
  /** Application inference profiles, instead of the built-in one. */
  readonly applicationProfiles?: readonly ApplicationProfile[];
  /** Imported, custom and provisioned models, deployments and prompt routers of the account. Default: none. */
  readonly ownModels?: readonly OwnModel[];
  /**
   * What the account lacks, by the id as it is called or by that of the foundation model behind it; `*` for every model. It counts
   * at the runtime and at Mantle. Default: nothing.
   */
  readonly access?: Readonly<Record<string, AccountAccess>>;
  /** Foundation models with reserved capacity, for the service tier `reserved`. Default: none. */
  readonly reservations?: readonly string[];
  /** Takes model ids that are in no table, too. Default: false. */
  readonly admitAnyModel?: boolean;
  /** Takes back thinking that another service signed. Default: false. */
  readonly admitForeignThinking?: boolean;
  /** Guardrails, instead of the built-in one. */
  readonly guardrails?: readonly EmulatorGuardrail[];
  /** Answers turns instead of the built-in engine. */
  readonly engine?: Engine;
  /** Lets a real model answer, over an OpenAI-compatible server. */
  readonly upstream?: UpstreamOptions;
  /** Milliseconds between the events of a stream. Default: 0. */
  readonly eventDelayMs?: number;
  /** Recorded streams to send instead of answers. */
  readonly replay?: ReplayOptions;
  /** Faults for the coming model calls, one each, in order; `undefined` lets one pass. */
  readonly faults?: readonly (Fault | undefined)[];
  /**
   * Faults that every call of an operation has, by its name or `*`: `{ ListInferenceProfiles: { kind: "denied" } }`. The services
   * that give credentials out (`AssumeRole`, `MetadataCredentials`, …) suffer `latency` only.
   */
  readonly standingFaults?: Readonly<Record<string, Fault>>;
  /**
   * The endpoint that `/openai/v1` and `/anthropic/v1` are of, where neither the service's own host name nor a path prefix
   * `/mantle` or `/runtime` says it. Default: `either`, the model's id decides.
   */
  readonly openAiEndpoint?: OpenAiEndpoint;
  /** Where Mantle puts the thinking of gpt-oss. Default: `reasoning`. */
  readonly mantleReasoningField?: "reasoning" | "reasoning_content";
  /** Keeps a record of every request in `requests`. Default: true; false for an emulator that runs for long. */
  readonly keepRequests?: boolean;
  /** Called when an answer is complete. */
  readonly onRequest?: (record: RequestRecord) => void;
}
