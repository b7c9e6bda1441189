import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { eventFrame } from "./frames.ts";

const data = process.env["CLAWROCK_SHARED_DATA"] ?? join(import.meta.dirname, "../../../../shared/data");
/** Where the recordings are, if they are at hand. */
export const recordingsFolder: string = join(data, "recordings");

export interface Recording {
  readonly name: string;
  readonly modelId: string;
  readonly bytes: Uint8Array;
}

/** Every recorded ConverseStream: whole bodies as bytes, and lists of events put into frames here. */
export function recordings(): Recording[] {
  const bodies = globSync(join(recordingsFolder, "*/*.json")).flatMap((file) => {
    const { operation, modelId, eventStream, name } = JSON.parse(readFileSync(file, "utf8"));
    return operation === "converse-stream" && eventStream
      ? [{ name, modelId, bytes: Buffer.from(eventStream, "base64") }]
      : [];
  });
  const lists = globSync(join(recordingsFolder, "vercel-ai/*.chunks.txt")).map((file) => {
    const events = readFileSync(file, "utf8").split("\n").filter(Boolean);
    const frames = events.flatMap((line) =>
      Object.entries(JSON.parse(line)).map(([name, event]) => eventFrame(name, event)),
    );
    return { name: basename(file), modelId: "anthropic.claude-3-haiku-20240307-v1:0", bytes: Buffer.concat(frames) };
  });
  return [...bodies, ...lists];
}
