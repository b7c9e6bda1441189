import type { TurnThinking } from "../engine/turn.ts";
import { isJsonObject, type JsonObject, objectAt, stringAt } from "../json.ts";
import type { AddressedModel } from "../models/catalog.ts";

/** Whether a model thinks in this turn, by its own request field, and what a caller sees of it. */
export function thinkingOf(model: AddressedModel, fields: JsonObject): TurnThinking {
  const thinking = model.behaviour?.thinking;
  if (!thinking) return { on: false, signed: false, visible: true };
  const asked = isOn(thinking.request, fields);
  return {
    on: asked ?? thinking.byDefault,
    signed: thinking.signed,
    visible: isVisible(thinking.request, fields),
  };
}

function isOn(request: string, fields: JsonObject): boolean | undefined {
  switch (request) {
    case "reasoning-config-object": {
      const type = stringAt(objectAt(fields, "reasoningConfig"), "type");
      return type === undefined ? undefined : type === "enabled";
    }
    case "reasoning-config-word":
      return fields["reasoning_config"] === undefined ? undefined : true;
    case "effort":
    case "always":
      return undefined;
    default: {
      const thinking = fields["thinking"];
      const type = isJsonObject(thinking) ? stringAt(thinking, "type") : undefined;
      return type === undefined ? undefined : type !== "disabled";
    }
  }
}

/** Adaptive-only models omit their thoughts unless asked to summarise them. */
function isVisible(request: string, fields: JsonObject): boolean {
  const display = stringAt(objectAt(fields, "thinking"), "display");
  return display === undefined ? request !== "adaptive" : display !== "omitted";
}
