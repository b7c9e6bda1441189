import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { converseShape } from "../src/validation/converse-shape.ts";
import type { Shape } from "../src/validation/shape.ts";

/** A shape of botocore's copy of the public service model. */
interface ModelShape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string; readonly location?: string }>>;
  readonly required?: readonly string[];
  readonly union?: boolean;
  readonly member?: { readonly shape: string };
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

/** Where the emulator knowingly takes more, or says it in another place, by path. */
const apart: Readonly<Record<string, string>> = {
  "video.format": "the service takes other values than the enum's, as recorded",
  "audio.format": "as that of video",
  "image.error": "looked at by nobody",
  "audio.error": "looked at by nobody",
  "toolUse.type": "answers hold tool_use too, as recorded",
  promptVariables: "prompts are not there",
  "searchResult.citations": "looked at by nobody",
};

function modelShapes(): Readonly<Record<string, ModelShape>> | undefined {
  const script =
    "import botocore.loaders,json;print(json.dumps(botocore.loaders.Loader().load_service_model('bedrock-runtime','service-2')['shapes']))";
  try {
    return JSON.parse(execFileSync("python3", ["-c", script], { maxBuffer: 1 << 26, stdio: "pipe" }).toString());
  } catch {
    return undefined;
  }
}

const shapes = modelShapes();

/** Everything in which a shape of the emulator differs from the model's. */
function differences(ours: Shape | undefined, name: string, path: string, seen: readonly string[] = []): string[] {
  const theirs = shapes?.[name];
  if (!theirs || seen.filter((known) => known === name).length > 1) return [];
  if (Object.keys(apart).some((known) => path === known || path.endsWith(`.${known}`))) return [];
  if (!ours) return [`${path} is not there`];
  const inside = [...seen, name];
  const differ = (what: string, mine: unknown, model: unknown): string[] =>
    (mine ?? "none") === (model ?? "none") ? [] : [`${path}: ${what} ${String(mine)}, in the model ${String(model)}`];
  switch (theirs.type) {
    case "structure": {
      if (ours.kind !== "structure" && ours.kind !== "union")
        return ours.kind === "document" ? [] : [`${path}: ${ours.kind}`];
      const members = Object.entries(theirs.members ?? {}).filter(([, member]) => member.location === undefined);
      const required = (theirs.required ?? []).filter((key) => members.some(([known]) => known === key)).toSorted();
      return [
        ...differ("union", ours.kind === "union", theirs.union === true),
        ...differ("required", ours.kind === "structure" ? ours.required.toSorted().join() : "", required.join()),
        ...members.flatMap(([key, member]) =>
          differences(ours.members[key], member.shape, path === "" ? key : `${path}.${key}`, inside),
        ),
      ];
    }
    case "list":
      if (ours.kind !== "list") return [`${path}: ${ours.kind}`];
      return [
        ...differ("min", ours.min || undefined, theirs.min || undefined),
        ...differ("max", ours.max, theirs.max),
        ...differences(ours.item, theirs.member?.shape ?? "", path, inside),
      ];
    case "map":
      if (ours.kind !== "map") return [`${path}: ${ours.kind}`];
      return [...differ("min", ours.min, theirs.min), ...differ("max", ours.max, theirs.max)];
    case "string":
      if (ours.kind !== "string") return [`${path}: ${ours.kind}`];
      return [
        ...differ("enum", ours.values?.toSorted().join(), theirs.enum?.toSorted().join()),
        ...differ("min", ours.min || undefined, theirs.min || undefined),
        ...differ("max", ours.max, theirs.max),
        ...differ("pattern", ours.pattern, theirs.pattern),
      ];
    case "integer":
    case "float":
      if (ours.kind !== "number") return [`${path}: ${ours.kind}`];
      return [...differ("min", ours.min, theirs.min), ...differ("max", ours.max, theirs.max)];
    case "boolean":
      return ours.kind === "boolean" ? [] : [`${path}: ${ours.kind}`];
    case "blob":
      return ours.kind === "blob" ? differ("min", ours.min, theirs.min) : [`${path}: ${ours.kind}`];
    default:
      return [];
  }
}

describe.skipIf(shapes === undefined)("the shape of a Converse request", () => {
  it("is that of the public service model, as botocore has it", () => {
    expect(differences(converseShape, "ConverseRequest", "")).toEqual([]);
    expect(differences(converseShape, "ConverseStreamRequest", "")).toEqual([]);
  });
});
