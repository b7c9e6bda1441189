import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const program = fileURLToPath(new URL("loaded-modules.ts", import.meta.url));

interface Loaded {
  readonly providers: string[];
  /** URLs after `register` and the synchronous hooks, and after catalogs that had nothing to list. */
  readonly before: string[];
  readonly after: string[];
}

/** Packages of others among the loaded files, and Node's own modules that talk to the network. */
function foreign(urls: readonly string[]): string[] {
  const packages = urls.flatMap(
    (url) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/u.exec(url)?.[1] ?? [],
  );
  return [...new Set([...packages, ...urls.filter((url) => /^node:(?:https?2?|net|tls|dns)$/u.test(url))])];
}

describe("register and the hooks of commands that do not call Bedrock", () => {
  it("load nothing of the AWS SDK, nothing of others, and nothing that talks to the network", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=@clawrock/source", program], {
      env: { HOME: "/nowhere" },
    });
    const { providers, before, after } = JSON.parse(stdout) as Loaded;
    expect(providers).toEqual(["amazon-bedrock", "amazon-bedrock-mantle"]);
    expect(foreign(before)).toEqual([]);
    expect(foreign(after)).toEqual(["@cfworker/json-schema"]);
  });
});
