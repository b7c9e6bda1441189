import { describe, expect, it } from "vitest";
import type { HostConfig } from "../src/host-types.ts";
import { examined } from "./doctor-host.ts";
import { emulated } from "./emulated.ts";
import { registered } from "./registered.ts";

const path = "plugins.entries.amazon-bedrock-mantle.config.discovery.region";
const oneLine = new RegExp(`^[^\\n]*${path.replaceAll(".", "\\.")}: [^\\n]+$`, "u");
const config: HostConfig = {
  plugins: { entries: { "amazon-bedrock-mantle": { config: { discovery: { region: 7 } } } } },
};

/** The host does not check them: they are no plugin's own. */
describe("a wrong value at plugins.entries.amazon-bedrock-mantle.config", () => {
  const world = emulated();

  it("is one line of the doctor, with its path", async () => {
    const { problems } = await examined(config);
    expect(problems).toEqual([{ area: "config", message: expect.stringMatching(oneLine) }]);
  });

  it("is one line of a list, with its path", async () => {
    const { mantle, logged } = registered();
    expect(await mantle.catalog?.run({ config, env: world.bedrock.env })).toBeNull();
    expect(logged).toEqual([expect.stringMatching(oneLine)]);
  });

  it("is one line of a turn, with its path", async () => {
    const { mantle } = registered();
    const context = { provider: "amazon-bedrock-mantle", modelId: "openai.gpt-oss-120b", model: {}, apiKey: "default" };
    const failed = await mantle.prepareRuntimeAuth?.({ ...context, config, env: world.bedrock.env }).catch(String);
    expect(failed).toMatch(oneLine);
    expect(world.requests).toEqual([]);
  });
});
