import { arrayAt, stringAt } from "../json.ts";
import { assumed, recorded, reported } from "../refusals/provenance.ts";
import { contentBlocks, firstOf, memberOf, resultBlocks, roleOf } from "./blocks.ts";
import { type ConverseRule, fromModel } from "./rule.ts";

/** Rules of the conversation's outline. */
export const messageRules: readonly ConverseRule[] = [
  {
    id: "messages-missing",
    refuses: "A request without messages.",
    provenance: assumed,
    check: ({ body }) =>
      arrayAt(body, "messages").length === 0
        ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
        : undefined,
  },
  {
    id: "first-message-user",
    refuses: "A conversation that begins with an assistant message, on the families that check roles.",
    provenance: reported("langgenius/dify#12340"),
    check: ({ body, behaviour }) =>
      behaviour.roleChecks && roleOf(arrayAt(body, "messages")[0]) !== "user"
        ? "A conversation must start with a user message. Try again with a conversation that starts with a user message."
        : undefined,
  },
  {
    id: "roles-alternate",
    refuses: "Two messages of one role in a row, on the families that check roles.",
    provenance: reported("Portkey-AI/gateway#748"),
    check: ({ body, behaviour }) => {
      const roles = arrayAt(body, "messages").map(roleOf);
      return behaviour.roleChecks && roles.some((role, index) => index > 0 && role === roles[index - 1])
        ? "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again."
        : undefined;
    },
  },
  {
    id: "prefill",
    refuses: "A conversation that ends with an assistant message, on Claude 4.6 and later.",
    provenance: reported("anomalyco/opencode#29760"),
    check: ({ body, behaviour }) =>
      !behaviour.prefill && roleOf(arrayAt(body, "messages").at(-1)) === "assistant"
        ? `${fromModel}This model does not support assistant message prefill. The conversation must end with a user message.`
        : undefined,
  },
  {
    id: "empty-content",
    refuses: "A message without content blocks.",
    provenance: reported("theopenco/llmgateway#3127"),
    check: ({ body }) => {
      const at = arrayAt(body, "messages").findIndex((message) => arrayAt(message, "content").length === 0);
      return at < 0
        ? undefined
        : `The content field in the Message object at messages.${at} is empty. Add a ContentBlock object to the content field and try again.`;
    },
  },
  {
    id: "blank-text",
    refuses: "A text block that is empty, or that is only white space and the only block of its message.",
    provenance: reported("continuedev/continue#9767"),
    check: ({ body }) =>
      firstOf(contentBlocks(body), ({ block, path, message }) => {
        const text = stringAt(block, "text");
        if (text === undefined || text.trim() !== "") return undefined;
        const alone = arrayAt(arrayAt(body, "messages")[message], "content").length === 1;
        return text === "" || alone
          ? `The text field in the ContentBlock object at ${path} is blank. Add text to the text field, and try again.`
          : undefined;
      }),
  },
  {
    id: "blank-guard-content",
    refuses: "Guarded content without text.",
    provenance: reported("aws-samples/bedrock-chat#637"),
    check: ({ body }) =>
      firstOf(contentBlocks(body), ({ block, path }) => {
        const guarded = memberOf(memberOf(block, "guardContent") ?? {}, "text");
        return guarded && (stringAt(guarded, "text") ?? "").trim() === ""
          ? `The text field in the GuardrailConverseTextBlock object at ${path} is blank. Add text to the text field, and try again.`
          : undefined;
      }),
  },
  {
    id: "system-unsupported",
    refuses: "A system prompt on a model that takes none.",
    provenance: reported("Mintplex-Labs/anything-llm#2486"),
    check: ({ body, behaviour }) =>
      !behaviour.system && arrayAt(body, "system").length > 0
        ? "This model doesn't support system messages. Try again without a system message or use a model that supports system messages."
        : undefined,
  },
  {
    id: "mixed-tool-turn",
    refuses: "A tool block beside text in one turn, on Llama, Mistral and the first Claude 3.",
    provenance: reported("langchain-ai/langchain-aws#141"),
    check: ({ body, behaviour }) => {
      if (behaviour.mixedToolTurns) return undefined;
      return firstOf(arrayAt(body, "messages").entries(), ([at, message]) => {
        const kinds = new Set(arrayAt(message, "content").flatMap((block) => Object.keys(block ?? {})));
        const tool = kinds.has("toolResult") ? "result" : kinds.has("toolUse") ? "use" : undefined;
        // What Claude 3 Haiku says before it calls a tool stands beside the call, in recorded traffic too.
        if (tool === undefined || (tool === "use" && behaviour.vendor === "anthropic")) return undefined;
        const others = ["text", "image", "document", "video"].some((kind) => kinds.has(kind));
        return others
          ? `messages.${at}.content: Conversation blocks and tool ${tool} blocks cannot be provided in the same turn.`
          : undefined;
      });
    },
  },
  {
    id: "video-unsupported",
    refuses: "A video on a model that takes none, in a tool result too.",
    provenance: recorded,
    check: ({ body, behaviour }) => (behaviour.video ? undefined : unsupportedMedia(body, "video")),
  },
  {
    id: "image-unsupported",
    refuses: "An image on a model that takes none.",
    provenance: assumed,
    check: ({ body, behaviour }) => (behaviour.images ? undefined : unsupportedMedia(body, "image")),
  },
  {
    id: "document-unsupported",
    refuses: "A document on a model that takes none.",
    provenance: assumed,
    check: ({ body, behaviour }) => (behaviour.documents ? undefined : unsupportedMedia(body, "document")),
  },
];

function unsupportedMedia(body: Parameters<ConverseRule["check"]>[0]["body"], media: string): string | undefined {
  return contentBlocks(body).some(({ block }) =>
    [block, ...resultBlocks(block)].some((found) => found[media] !== undefined),
  )
    ? `This model doesn't support the ${media} content block that you provided. Update the content block and try again.`
    : undefined;
}
