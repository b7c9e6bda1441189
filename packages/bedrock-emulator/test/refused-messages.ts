import { novaMicro, sonnet45 } from "./clients.ts";
import {
  assistant,
  document,
  fromModel,
  hello,
  hugePng,
  image,
  llama,
  nova,
  qwen,
  type RefusedCase,
  result,
  sonnet46,
  text,
  titan,
  tools,
  use,
  user,
} from "./refused-case.ts";

/** Cases of the outline of a conversation, documents and images. */
export const refusedMessages: readonly RefusedCase[] = [
  {
    rule: "messages-missing",
    modelId: sonnet45,
    body: { messages: [] },
    message: /^A conversation must start with a user message/,
  },
  {
    rule: "first-message-user",
    modelId: novaMicro,
    body: { messages: [assistant(text("Hi")), user(text("Hi"))] },
    message:
      "A conversation must start with a user message. Try again with a conversation that starts with a user message.",
  },
  {
    rule: "roles-alternate",
    modelId: novaMicro,
    body: { messages: [...hello, ...hello] },
    message: /^A conversation must alternate between user and assistant roles\./,
  },
  {
    rule: "prefill",
    modelId: sonnet46,
    body: { messages: [...hello, assistant(text("Well"))] },
    message: `${fromModel}This model does not support assistant message prefill. The conversation must end with a user message.`,
  },
  {
    rule: "empty-content",
    modelId: novaMicro,
    body: { messages: [...hello, assistant(), ...hello] },
    message:
      "The content field in the Message object at messages.1 is empty. Add a ContentBlock object to the content field and try again.",
  },
  {
    rule: "blank-text",
    modelId: novaMicro,
    body: { messages: [user(text("  \n"))] },
    message:
      "The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.",
  },
  {
    rule: "blank-guard-content",
    modelId: novaMicro,
    body: { messages: [user({ guardContent: { text: { text: " " } } })] },
    message: /at messages\.0\.content\.0 is blank/,
  },
  {
    rule: "system-unsupported",
    modelId: titan,
    body: { messages: hello, system: [text("Be brief")] },
    message:
      "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
  },
  {
    rule: "mixed-tool-turn",
    modelId: llama,
    body: { toolConfig: tools(), messages: [...hello, assistant(use("a")), user(result("a"), text("so?"))] },
    message: "messages.2.content: Conversation blocks and tool result blocks cannot be provided in the same turn.",
  },
  {
    rule: "video-unsupported",
    modelId: sonnet45,
    body: { messages: [user({ video: { format: "mp4", source: { bytes: "aGk=" } } })] },
    message:
      "This model doesn't support the video content block that you provided. Update the content block and try again.",
  },
  {
    rule: "image-unsupported",
    modelId: novaMicro,
    body: { messages: [user(text("See"), image("png"))] },
    message: /^This model doesn't support the image content block/,
  },
  {
    rule: "document-unsupported",
    modelId: qwen,
    body: { messages: [user(text("Read"), document("a"))] },
    message: /^This model doesn't support the document content block/,
  },
  {
    rule: "document-name",
    modelId: sonnet45,
    body: { messages: [user(text("Read"), document("a.txt"))] },
    message: /^The document file name can only contain alphanumeric characters/,
  },
  {
    rule: "document-name-twice",
    modelId: sonnet45,
    body: { messages: [user(text("Read"), document("a"), document("a"))] },
    message: "Messages can't contain duplicate document names. Rename the document and retry your request.",
  },
  {
    rule: "document-count",
    modelId: sonnet45,
    body: { messages: [user(text("Read"), ...[..."abcdef"].map((name) => document(name)))] },
    message: "You can't include more than 5 documents in a request.",
  },
  {
    rule: "document-without-text",
    modelId: sonnet45,
    body: { messages: [user(document("a"))] },
    message: "A text block must be included when using documents.",
  },
  {
    rule: "document-size",
    modelId: nova,
    body: { messages: [user(text("Read"), document("a", "A".repeat(6_400_000)))] },
    message: "The maximum document size is 4.5 MB.",
  },
  {
    rule: "image-s3",
    modelId: sonnet45,
    body: { messages: [user({ image: { format: "png", source: { s3Location: { uri: "s3://bucket/k" } } } })] },
    message: "This model doesn't support the s3Uri field. Remove s3Uri and try again.",
  },
  {
    rule: "document-s3",
    modelId: sonnet45,
    body: {
      messages: [
        user(text("Read"), {
          document: { name: "a", format: "pdf", source: { s3Location: { uri: "s3://bucket/k" } } },
        }),
      ],
    },
    message: `${fromModel}messages.0.content.1.document.source.type: Field required`,
  },
  {
    rule: "nova-video-in-result",
    modelId: nova,
    body: {
      toolConfig: tools(),
      messages: [
        ...hello,
        assistant(use("a")),
        user(result("a", [{ video: { format: "mp4", source: { bytes: "aGk=" } } }])),
      ],
    },
    message: `${fromModel}Malformed input request: #/messages/2/content/0: extraneous key [toolResult] is not permitted, please reformat your input and try again.`,
  },
  {
    rule: "image-too-large",
    modelId: sonnet45,
    body: { messages: [user(text("See"), image("png", "A".repeat(5_242_884)))] },
    message: `${fromModel}messages.0.content.1.image.source.bytes: image exceeds 5 MB maximum: 5242884 bytes > 5242880 bytes`,
  },
  {
    rule: "image-format",
    modelId: sonnet45,
    body: { messages: [user(image("jpeg"))] },
    message: `${fromModel}messages.0.content.0.image.source.bytes: The image was specified using the image/jpeg media type, but the image appears to be a image/png image`,
  },
  {
    rule: "image-pixels",
    modelId: sonnet45,
    body: { messages: [user(image("png", hugePng.toString("base64")))] },
    message: /At least one of the image dimensions exceed max allowed size: 8000 pixels/,
  },
];
