import { type Emulator, type RequestRecord, startEmulator } from "@clawrock/bedrock-emulator";
import { afterAll, beforeAll, beforeEach, vi } from "vitest";

export interface Emulated {
  readonly bedrock: Emulator;
  /** What arrived during this test. */
  readonly requests: readonly RequestRecord[];
}

/** A Bedrock for the tests of a file, and a process environment that points at it and knows no other AWS. */
export function emulated(): Emulated {
  let bedrock: Emulator | undefined;
  let before = 0;
  const started = (): Emulator => {
    if (!bedrock) throw new Error("the emulator runs within a test only");
    return bedrock;
  };
  beforeAll(async () => {
    bedrock = await startEmulator();
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
    for (const [name, value] of Object.entries(bedrock.env)) vi.stubEnv(name, value);
    vi.stubEnv("HOME", "/nowhere");
  });
  beforeEach(() => {
    before = started().requests.length;
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await bedrock?.close();
  });
  return {
    get bedrock() {
      return started();
    },
    get requests() {
      return started().requests.slice(before);
    },
  };
}
