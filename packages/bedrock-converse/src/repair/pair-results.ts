import type { AssistantMessage, ToolCall, ToolResultMessage } from "@clawrock/conversation";
import { wireCallIds, wireToolName } from "@clawrock/conversation";
import { type Entry, note, type RepairContext, runsOf, shown } from "./repair-context.ts";
import { jsonAsText } from "./user-content.ts";

/** A call and the result found for it. */
interface OpenCall {
  readonly call: ToolCall;
  /** As it goes over the wire: in the service's alphabet, once in its turn. */
  readonly id: string;
  readonly at: number;
  readonly block: number;
  readonly run: number;
  result?: { readonly message: ToolResultMessage; readonly at: number; readonly run: number };
}

/**
 * Gives every call exactly one result, in the user's turn after it. A result belongs to the latest call before it of its
 * id that has none; one that comes too late is put behind its call, one without a call is told as text.
 */
export function pairResults(entries: readonly Entry[], context: RepairContext): Entry[] {
  const runs = runsOf(entries);
  const calls = openCalls(runs, context);
  if (calls.length === 0 && !entries.some(({ message }) => message.role === "toolResult")) return [...entries];
  const owners = matchResults(runs, calls);
  const callsOfRun = Map.groupBy(calls, ({ run }) => run);
  return runs.flatMap((members, run) => {
    const own = callsOfRun.get(run);
    if (own) {
      const said = withCallIds(members, own, context);
      // Results stand in the user's turn after the calls, if there is one.
      return run + 1 < runs.length ? said : [...said, ...own.flatMap((call) => lateResult(call, context))];
    }
    const inPlace = members.flatMap((entry) => pairedEntry(entry, owners, run, context));
    const before = callsOfRun.get(run - 1) ?? [];
    return [...inPlace, ...before.flatMap((call) => lateResult(call, context))];
  });
}

/** What Converse takes as an id. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolUseBlock.html */
const CONVERSE_ID = /^[a-zA-Z0-9_.:-]{1,64}$/u;

function openCalls(runs: readonly (readonly Entry[])[], { isOwn }: RepairContext): OpenCall[] {
  return runs.flatMap((members, run) => {
    const calls = members.flatMap(({ message, at }) =>
      message.role === "assistant"
        ? message.content.flatMap((part, block) =>
            part.type === "toolCall" ? [{ call: part, at, block, own: isOwn(message) }] : [],
          )
        : [],
    );
    if (calls.length === 0) return [];
    const ids = wireCallIds(
      calls.map(({ call }) => call.id),
      // A model knows its own ids, and some read the name in them; another's may hold letters that the vendor refuses.
      (id, index) => (calls[index]?.own && CONVERSE_ID.test(id) ? id : wireToolName(id)),
    );
    return calls.map(({ call, at, block }, index) => ({ call, at, block, run, id: ids[index] ?? call.id }));
  });
}

/** The call of each result that has one. */
function matchResults(runs: readonly (readonly Entry[])[], calls: readonly OpenCall[]): Map<Entry, OpenCall> {
  const owners = new Map<Entry, OpenCall>();
  /** By id, those of the latest turn last, and within a turn in their order. */
  const open = new Map<string, OpenCall[][]>();
  const ofRun = Map.groupBy(calls, ({ run }) => run);
  for (const [run, members] of runs.entries()) {
    const called = ofRun.get(run);
    if (called) {
      for (const [id, group] of Map.groupBy(called, ({ call }) => call.id)) {
        const known = open.get(id);
        if (known) known.push(group);
        else open.set(id, [group]);
      }
      continue;
    }
    for (const entry of members) {
      const { message, at } = entry;
      if (message.role !== "toolResult") continue;
      const turns = open.get(message.toolCallId);
      const owner = turns?.at(-1)?.shift();
      if (turns?.at(-1)?.length === 0) turns.pop();
      if (!owner) continue;
      owner.result = { message, at, run };
      owners.set(entry, owner);
    }
  }
  return owners;
}

/** Answers with the ids of their calls as they go over the wire. One answer may stand there twice, as one object. */
function withCallIds(members: readonly Entry[], own: readonly OpenCall[], context: RepairContext): readonly Entry[] {
  const renamed = Map.groupBy(
    own.filter(({ id, call }) => id !== call.id),
    ({ at }) => at,
  );
  if (renamed.size === 0) return members;
  return members.map((entry) => {
    const { message, at } = entry;
    const calls = renamed.get(at);
    if (message.role !== "assistant" || !calls) return entry;
    const content: AssistantMessage["content"] = [...message.content];
    for (const { call, id, block } of calls) {
      content[block] = { ...call, id };
      note(context, "call-id-changed", at, block, `the id "${call.id}" of a call is sent as ${id}`);
    }
    return { message: { ...message, content }, at };
  });
}

/** A message of the user's side in its place: results of the turn before it stay, others go behind their call. */
function pairedEntry(entry: Entry, owners: Map<Entry, OpenCall>, run: number, context: RepairContext): Entry[] {
  const { message, at } = entry;
  if (message.role !== "toolResult") return [entry];
  const owner = owners.get(entry);
  if (!owner) {
    note(context, "result-as-text", at, undefined, "the result has no call, or its call has one already");
    return [{ at, message: resultAsText(message) }];
  }
  if (owner.run !== run - 1) return [];
  if (owner.id === message.toolCallId) return [entry];
  note(context, "call-id-changed", at, undefined, `the id "${message.toolCallId}" of a result is sent as ${owner.id}`);
  return [{ at, message: { ...message, toolCallId: owner.id } }];
}

/** What stands for a call whose result did not come in the turn after it. */
function lateResult(call: OpenCall, context: RepairContext): Entry[] {
  const { result, id, at, run } = call;
  if (result?.run === run + 1) return [];
  if (result) {
    note(context, "result-moved", result.at, undefined, "the result came after a later answer");
    return [{ at: result.at, message: { ...result.message, toolCallId: id } }];
  }
  note(context, "result-added", at, undefined, `the call ${id} has no result`);
  const content = [{ type: "text" as const, text: "No result was recorded for this call." }];
  const message: ToolResultMessage = {
    role: "toolResult",
    toolCallId: id,
    toolName: call.call.name,
    content,
    isError: true,
    timestamp: 0,
  };
  return [{ at, message }];
}

/** What a result says, as the user's words. */
export function resultAsText(
  { toolName, content, isError }: ToolResultMessage,
  head = `Result of tool ${shown(toolName)}:`,
): Entry["message"] {
  const parts = content.map(jsonAsText);
  return {
    role: "user",
    content: [{ type: "text", text: isError ? head.replace(/^Result/u, "Error") : head }, ...parts],
    timestamp: 0,
  };
}
