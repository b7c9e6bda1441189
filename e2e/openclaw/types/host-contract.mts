/**
 * Compiled against the installed host's own declarations: the plugin's structural types are the host's, and a host's
 * conversation goes into ours, and ours into the host's, as they are.
 */
import type { OpenClawPluginApi, OpenClawPluginDefinition, ProviderPlugin } from "openclaw/plugin-sdk/plugin-entry";
import type {
  AssistantMessage,
  AssistantMessageEvent,
  AssistantMessageStream,
  Context,
} from "../../../packages/conversation/src/index.ts";
import type {
  HostApi,
  HostEmbeddingAdapter,
  HostProvider,
  HostStreamFn,
} from "../../../packages/openclaw-provider/src/host-types.ts";
import type plugin from "../../../packages/openclaw-provider/src/index.types.ts";

/** Compiles only if every `From` is a `To`. */
type Assignable<From extends To, To> = From;
type HostStream = NonNullable<ReturnType<NonNullable<ProviderPlugin["createStreamFn"]>>>;
type TheirModel = Parameters<HostStream>[0];
type TheirContext = Parameters<HostStream>[1];
type TheirStream = Awaited<ReturnType<HostStream>>;
type TheirEvent = TheirStream extends AsyncIterable<infer Event> ? Event : never;
type TheirMessage = Awaited<ReturnType<TheirStream["result"]>>;

export type EntryContract = [
  // What `index.types.ts` declares is what the entry exports: a test of the plugin's holds that.
  Assignable<typeof plugin, OpenClawPluginDefinition>,
  Assignable<OpenClawPluginApi, HostApi>,
  Assignable<HostProvider, ProviderPlugin>,
  Assignable<HostEmbeddingAdapter, Parameters<OpenClawPluginApi["registerEmbeddingProvider"]>[0]>,
  Assignable<HostStreamFn, HostStream>,
];

export type ConversationContract = [
  // The transcript goes straight in.
  Assignable<TheirContext, Context>,
  Assignable<TheirContext["messages"][number], Context["messages"][number]>,
  // The answer goes straight out…
  Assignable<AssistantMessageStream, TheirStream>,
  Assignable<AssistantMessageEvent, TheirEvent>,
  Assignable<TheirEvent, AssistantMessageEvent>,
  Assignable<AssistantMessage, TheirMessage>,
  // …and comes back in as a part of the next transcript.
  Assignable<TheirMessage, AssistantMessage>,
  // Our context holds more than the host's (documents), and may be readonly; what the host knows of it is the same.
  Assignable<Extract<Context["messages"][number], { role: "assistant" }>, TheirContext["messages"][number]>,
];

export type ModelContract = Assignable<TheirModel, Parameters<HostStreamFn>[0]>;
