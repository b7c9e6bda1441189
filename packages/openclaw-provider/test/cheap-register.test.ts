import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("loaded-modules.ts", import.meta.url));

describe("register and the hooks of commands that do not call Bedrock", () => {
  it("load no AWS SDK, no OpenAI client and nothing that talks to the network", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@clawrock/source", program], {
      env: { HOME: "/nowhere" },
    });
    const { providers, loaded } = JSON.parse(stdout) as { providers: string[]; loaded: string[] };
    expect(providers).toEqual(["amazon-bedrock", "amazon-bedrock-mantle"]);
    const packages = loaded.flatMap(
      (url) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/u.exec(url)?.[1] ?? [],
    );
    expect([...new Set(packages)]).toEqual(["@cfworker/json-schema"]);
    expect(loaded.filter((url) => /node:(?:https?2?|net|tls|dns)$/u.test(url))).toEqual([]);
  });
});
