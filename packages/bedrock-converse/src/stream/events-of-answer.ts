import type { ContentBlock, ConverseCommandOutput } from "@aws-sdk/client-bedrock-runtime";

type ConverseEvent = Readonly<Record<string, unknown>>;

/**
 * A whole answer of Converse as the events ConverseStream would have sent, for models that refuse tools while streaming.
 */
export async function* eventsOfAnswer(answer: ConverseCommandOutput): AsyncGenerator<ConverseEvent> {
  yield { messageStart: { role: "assistant" } };
  for (const [contentBlockIndex, block] of (answer.output?.message?.content ?? []).entries()) {
    if (block.toolUse) {
      const { toolUseId, name, type } = block.toolUse;
      yield { contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name, type } } } };
    }
    for (const delta of deltasOf(block)) yield { contentBlockDelta: { contentBlockIndex, delta } };
    yield { contentBlockStop: { contentBlockIndex } };
  }
  const { stopReason, additionalModelResponseFields, usage, metrics, trace, serviceTier } = answer;
  yield { messageStop: { stopReason, additionalModelResponseFields } };
  yield { metadata: { usage, metrics, trace, serviceTier } };
}

function deltasOf({ text, toolUse, reasoningContent, citationsContent }: ContentBlock): object[] {
  if (text !== undefined) return [{ text }];
  if (citationsContent) {
    const citations = (citationsContent.citations ?? []).map((citation) => ({ citation }));
    return [...citations, ...(citationsContent.content ?? []).map((part) => ({ text: part.text ?? "" }))];
  }
  if (toolUse) return [{ toolUse: { input: JSON.stringify(toolUse.input ?? {}) } }];
  if (reasoningContent?.reasoningText) {
    const { text: thought, signature } = reasoningContent.reasoningText;
    return [{ reasoningContent: { text: thought } }, ...(signature ? [{ reasoningContent: { signature } }] : [])];
  }
  return reasoningContent?.redactedContent
    ? [{ reasoningContent: { redactedContent: reasoningContent.redactedContent } }]
    : [];
}
