import type { AnswerEvent, Citation } from "../engine/turn.ts";

/** A citation as Converse writes it, in deltas and in whole answers. */
export function citationMember({ title, source, location, documentIndex, start, end }: Citation): object {
  return { location: { [location]: { documentIndex, end, start } }, sourceContent: [{ text: source }], title };
}

/** The result of a tool that the service ran, as a whole block; its result is a list also in a stream. */
export function serverResultMember(event: Extract<AnswerEvent, { kind: "serverResult" }>): object {
  return { content: [{ json: event.json }], ...serverResultHead(event) };
}

export function serverResultHead({ id, name }: { readonly id: string; readonly name: string }): object {
  return { status: "success", toolUseId: id, type: `${name}_result` };
}
