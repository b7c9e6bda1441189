import type { Tool as ConverseTool, ToolConfiguration } from "@aws-sdk/client-bedrock-runtime";
import { type Tool, wireToolName } from "@clawrock/conversation";
import type { ModelCapabilities } from "@clawrock/model-capabilities";
import { checkTtl, wrong } from "../repair/check-messages.ts";
import { copyJson } from "../repair/json.ts";
import type { ConverseRequest, ToolChoice } from "../types.ts";
import { invalidOption, type OptionLog } from "./option-log.ts";
import { soundSchema, strictSchema, withoutDefs } from "./schema.ts";

/** https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html */
const MAX_STRICT_TOOLS = 20;

/**
 * The tools that a request offers: none where the model takes none or the caller wants none called. The same name twice is
 * one tool, the first.
 *
 * @throws BedrockError of kind `invalid-request` for tools of a wrong shape, naming the path
 */
export function offeredTools(
  request: ConverseRequest,
  capabilities: ModelCapabilities,
  log: OptionLog,
): readonly Tool[] {
  const tools = request.tools ?? [];
  if (!Array.isArray(tools)) throw wrong("tools", tools, "Give a list of tools");
  const names = new Set<string>();
  const offered = tools.filter((tool: Tool | undefined, index) => {
    if (typeof tool?.name !== "string" || tool.name === "")
      throw wrong(`tools[${index}].name`, tool?.name, "Give the tool's name");
    if (names.has(tool.name)) log.leftOut(`tools[${index}]`, `a tool named ${tool.name} is there already`);
    return names.size < names.add(tool.name).size;
  });
  if (offered.length > 0 && !capabilities.tools.value.supported) {
    log.leftOut("tools", "the model takes none");
    return [];
  }
  const { toolChoice } = request;
  checkChoice(toolChoice);
  if (typeof toolChoice === "object" && !names.has(toolChoice.tool)) {
    const known = tools.map(({ name }) => name).join(", ") || "no tools";
    throw invalidOption(`toolChoice names the tool "${toolChoice.tool}"`, `Name one of those offered: ${known}`);
  }
  return toolChoice === "none" ? [] : offered;
}

function checkChoice(choice: ConverseRequest["toolChoice"]): void {
  const known: readonly unknown[] = [undefined, "auto", "any", "none"];
  if (known.includes(choice) || (typeof choice === "object" && choice !== null && typeof choice.tool === "string"))
    return;
  throw wrong("toolChoice", choice, 'Give "auto", "any", "none" or { tool: "name" }');
}

/** @throws BedrockError of kind `invalid-request` for what is no name of a tool */
export function systemToolNames({ systemTools = [] }: ConverseRequest): readonly string[] {
  if (!Array.isArray(systemTools)) throw wrong("systemTools", systemTools, "Give a list of names");
  const bad = systemTools.findIndex((name) => typeof name !== "string" || !/^[a-zA-Z0-9_-]{1,64}$/u.test(name));
  if (bad >= 0) throw wrong(`systemTools[${bad}]`, systemTools[bad], "Give a name such as nova_code_interpreter");
  return systemTools;
}

/** Tools as Converse takes them, in the caller's order so that the cached prefix stays the same, with their cache points. */
export function toolBlocks(
  tools: readonly Tool[],
  systemTools: readonly string[],
  capabilities: ModelCapabilities,
  log: OptionLog,
): ConverseTool[] {
  const { strict: mayBeStrict, schemaWithoutDefs } = capabilities.tools.value;
  let strict = 0;
  const blocks = tools.flatMap(
    ({ name, description, parameters, strict: asked, cachePoint }, index): ConverseTool[] => {
      const path = `tools[${index}]`;
      checkTtl(cachePoint?.ttl, `${path}.cachePoint.ttl`);
      const isStrict = asked === true && mayBeStrict && strict < MAX_STRICT_TOOLS;
      if (isStrict) strict += 1;
      else if (asked === true) {
        log.leftOut(
          `${path}.strict`,
          mayBeStrict ? `a request takes ${MAX_STRICT_TOOLS} strict tools at most` : "the model takes none",
        );
      }
      const schema = soundSchema(parameters ?? {}, `${path}.parameters`);
      const written = schemaWithoutDefs ? withoutDefs(schema) : schema;
      const json = { ...copyJson(isStrict ? strictSchema(written) : written), type: "object" };
      const toolSpec = {
        name: wireToolName(name),
        // A blank description is refused; none is fine.
        ...(typeof description === "string" &&
          description.trim() !== "" && { description: description.toWellFormed() }),
        inputSchema: { json: json as never },
        ...(isStrict && { strict: true }),
      };
      const point: ConverseTool[] = cachePoint
        ? [{ cachePoint: cachePoint.ttl ? { type: "default", ttl: cachePoint.ttl } : { type: "default" } }]
        : [];
      return [{ toolSpec }, ...point];
    },
  );
  return [...blocks, ...systemTools.map((name): ConverseTool => ({ systemTool: { name } }))];
}

/** `auto` needs no field; a forced choice the model does not take (now) becomes the nearest that it takes. */
export function toolChoiceOf(
  choice: ToolChoice,
  offered: boolean,
  thinking: boolean,
  capabilities: ModelCapabilities,
  log: OptionLog,
): ToolConfiguration["toolChoice"] {
  if (choice === "auto" || choice === "none") return undefined;
  if (!offered) {
    log.leftOut("toolChoice", "no tool is offered");
    return undefined;
  }
  const { choice: accepted, forcedChoiceRefusedWhileThinking: refusedWhileThinking } = capabilities.tools.value;
  if (thinking && refusedWhileThinking) {
    log.leftOut("toolChoice", "the model refuses a forced choice while it thinks");
    return undefined;
  }
  if (typeof choice === "object" && accepted.includes("tool")) return { tool: { name: wireToolName(choice.tool) } };
  if (!accepted.includes("any")) {
    log.leftOut("toolChoice", "the model chooses by itself only");
    return undefined;
  }
  if (choice !== "any") log.changed("toolChoice", "the model can be held to some tool, but to no certain one");
  return { any: {} };
}
