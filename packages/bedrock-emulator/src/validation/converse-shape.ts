import { blob, boolean, document, list, number, oneOf, type Shape, structure, text, union } from "./shape.ts";

// Members and limits of the public service model:
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html

const toolName = text({ min: 1, max: 64, pattern: "[a-zA-Z0-9_-]+" });
const toolUseId = text({ min: 1, max: 64, pattern: "[a-zA-Z0-9_.:-]+" });
const s3Location = structure(
  {
    uri: text({ min: 1, max: 1024, pattern: "s3://[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](/.*)?" }),
    bucketOwner: text({ pattern: "[0-9]{12}" }),
  },
  ["uri"],
);
const cachePoint = structure({ type: oneOf("default"), ttl: oneOf("5m", "1h") }, ["type"]);

const image = structure(
  {
    format: oneOf("png", "jpeg", "gif", "webp"),
    source: union({ bytes: blob, s3Location }),
    error: document,
  },
  ["format", "source"],
);

const documentBlock = structure(
  {
    format: oneOf("pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"),
    name: text({ min: 1, max: 200 }),
    source: union({
      bytes: blob,
      s3Location,
      text: text(),
      content: list(union({ text: text() })),
    }),
    context: text(),
    citations: structure({ enabled: boolean }, ["enabled"]),
  },
  ["name", "source"],
);

const video = structure(
  {
    // An enum in the model, but the service takes other values: `video/mp4` is in recorded traffic.
    format: text(),
    source: union({ bytes: blob, s3Location }),
  },
  ["format", "source"],
);

const audio = structure(
  {
    format: text(),
    source: union({ bytes: blob, s3Location }),
    error: document,
  },
  ["format", "source"],
);

const searchResult = structure(
  { source: text(), title: text(), content: list(structure({ text: text() }, ["text"])), citations: document },
  ["source", "title", "content"],
);

const guardContent = union({
  text: structure({ text: text(), qualifiers: list(oneOf("grounding_source", "query", "guard_content")) }, ["text"]),
  image: structure({ format: oneOf("png", "jpeg"), source: union({ bytes: blob }) }, ["format", "source"]),
});

const toolUse = structure({ toolUseId, name: toolName, input: document, type: text() }, ["toolUseId", "name", "input"]);

const toolResult = structure(
  {
    toolUseId,
    content: list(union({ json: document, text: text(), image, document: documentBlock, video, searchResult })),
    status: oneOf("success", "error"),
    type: text(),
  },
  ["toolUseId", "content"],
);

const reasoningContent = union({
  reasoningText: structure({ text: text(), signature: text() }, ["text"]),
  redactedContent: { kind: "blob" },
});

const place = (...names: string[]): Shape =>
  structure(Object.fromEntries(names.map((name) => [name, number({ integer: true, min: 0 })])));
const citation = structure({
  title: text(),
  source: text(),
  sourceContent: list(union({ text: text() })),
  location: union({
    web: structure({ url: text(), domain: text() }),
    documentChar: place("documentIndex", "start", "end"),
    documentPage: place("documentIndex", "start", "end"),
    documentChunk: place("documentIndex", "start", "end"),
    searchResultLocation: place("searchResultIndex", "start", "end"),
  }),
});
const citationsContent = structure({ content: list(union({ text: text() })), citations: list(citation) });

const contentBlock = union({
  text: text(),
  image,
  document: documentBlock,
  video,
  audio,
  toolUse,
  toolResult,
  guardContent,
  cachePoint,
  reasoningContent,
  citationsContent,
  searchResult,
});

const message = structure({ role: oneOf("user", "assistant"), content: list(contentBlock) }, ["role", "content"]);

const tool = union({
  toolSpec: structure(
    { name: toolName, description: text({ min: 1 }), inputSchema: union({ json: document }), strict: boolean },
    ["name", "inputSchema"],
  ),
  systemTool: structure({ name: toolName }, ["name"]),
  cachePoint,
});

const guardrailConfig = structure({
  guardrailIdentifier: text({
    max: 2048,
    pattern: "(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail/[a-z0-9]+))",
  }),
  guardrailVersion: text({ pattern: "(|([1-9][0-9]{0,7})|(DRAFT))" }),
  trace: oneOf("enabled", "disabled", "enabled_full"),
  streamProcessingMode: oneOf("sync", "async"),
});

const metadataText = "[a-zA-Z0-9\\s:_@$#=/+,-.]{0,256}";

/** The body of Converse and ConverseStream. */
export const converseShape: Shape = structure({
  messages: list(message),
  system: list(union({ text: text({ min: 1 }), guardContent, cachePoint })),
  inferenceConfig: structure({
    maxTokens: number({ integer: true, min: 1 }),
    temperature: number({ min: 0, max: 1 }),
    topP: number({ min: 0, max: 1 }),
    stopSequences: list(text({ min: 1 }), { max: 2500 }),
  }),
  toolConfig: structure(
    {
      tools: list(tool, { min: 1 }),
      toolChoice: union({ auto: structure({}), any: structure({}), tool: structure({ name: toolName }, ["name"]) }),
    },
    ["tools"],
  ),
  guardrailConfig,
  additionalModelRequestFields: document,
  promptVariables: document,
  additionalModelResponseFieldPaths: list(text({ min: 1, max: 256 }), { max: 10 }),
  requestMetadata: {
    kind: "map",
    min: 1,
    max: 16,
    key: { min: 1, max: 256, pattern: metadataText },
    value: { max: 256, pattern: metadataText },
  },
  performanceConfig: structure({ latency: oneOf("optimized", "standard") }),
  serviceTier: structure({ type: oneOf("priority", "default", "flex", "reserved") }, ["type"]),
  outputConfig: structure({
    textFormat: structure(
      {
        type: oneOf("json_schema"),
        structure: union({ jsonSchema: structure({ schema: text(), name: text(), description: text() }, ["schema"]) }),
      },
      ["type", "structure"],
    ),
  }),
});
