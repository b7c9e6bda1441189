import { createConverse } from "@clawrock/bedrock-converse";
import { type Message, type Tool, type ToolCall, toBedrockError } from "@clawrock/conversation";
import { figures } from "../format.ts";
import { play, wholeAnswer } from "../play.ts";
import type { Scene } from "./scene.ts";

const QUESTION = "Use a tool: how long is the text 'Clawrock streams Bedrock', in characters?";

/** A tool that truly does something: the model cannot know the answer, this process can. */
const textLength: Tool = {
  name: "text_length",
  description: "Counts the characters of a text.",
  parameters: {
    type: "object",
    properties: { text: { type: "string", description: "The text to count" } },
    required: ["text"],
  },
};

export const tool: Scene = {
  name: "tool",
  title: "A tool call and its result",
  async play({ stage, screen, cast }) {
    const model = cast.tools.id;
    const converse = createConverse({ aws: stage.aws });
    const messages: Message[] = [{ role: "user", content: QUESTION, timestamp: Date.now() }];
    screen.say(`you → ${model}: ${QUESTION}`);
    const asked = wholeAnswer(
      await play(converse.stream({ model, messages, tools: [textLength], maxTokens: 500 }), screen),
    );
    const calls = asked.message.content.filter((part): part is ToolCall => part.type === "toolCall");
    messages.push(asked.message, ...calls.map(runTool));
    for (const call of calls)
      screen.say(`tool ${call.name}(${JSON.stringify(call.arguments)}) = ${runTool(call).content[0]?.text}`);
    screen.note(figures(asked.figures));
    if (calls.length === 0) throw toBedrockError(new Error(`${model} did not call the tool`));
    const told = wholeAnswer(
      await play(converse.stream({ model, messages, tools: [textLength], maxTokens: 500 }), screen),
    );
    screen.note(figures(told.figures));
    return {
      model,
      calls: calls.map(({ name, arguments: input }) => ({ name, input })),
      content: told.message.content,
      ...told.figures,
    };
  },
};

function runTool(call: ToolCall) {
  const { text } = call.arguments;
  const isError = typeof text !== "string";
  const answer = isError ? 'The field "text" is missing' : String([...text].length);
  const content = [{ type: "text" as const, text: answer }];
  return {
    role: "toolResult" as const,
    toolCallId: call.id,
    toolName: call.name,
    content,
    isError,
    timestamp: Date.now(),
  };
}
