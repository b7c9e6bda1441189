import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { newUser, type Scenario } from "../lib/scenario.ts";

interface Mistake {
  /** The path under the plugin's config, as the host must name it. */
  readonly path: string;
  readonly value: unknown;
  /** What the host must say about it. */
  readonly says: RegExp;
}

const PREFIX = "plugins.entries.amazon-bedrock.config";
const integer = /must be integer/u;
const extra = /must not have additional properties/u;

/** Mistakes that can stand in one config beside each other, so that one command sees many. */
const MISTAKES: readonly (readonly Mistake[])[] = [
  [
    { path: "discovery.enabled", value: "yes", says: /must be boolean/u },
    { path: "discovery.region", value: 1, says: /must be string/u },
    { path: "discovery.providerFilter", value: "anthropic", says: /must be array/u },
    { path: "discovery.refreshInterval", value: "1h", says: integer },
    { path: "discovery.defaultContextWindow", value: 1.5, says: integer },
    { path: "discovery.defaultMaxTokens", value: null, says: integer },
    { path: "guardrail.guardrailIdentifier", value: 7, says: /must be string/u },
    { path: "guardrail.guardrailVersion", value: 1, says: /must be string/u },
    { path: "guardrail.streamProcessingMode", value: "later", says: /sync/u },
    { path: "guardrail.trace", value: true, says: /enabled_full/u },
    { path: "guardrail.guardedSpans.user", value: "last", says: /latest/u },
    { path: "guardrail.guardedSpans.system", value: "no", says: /must be boolean/u },
    { path: "mantle.discovery.enabled", value: 1, says: /must be boolean/u },
    { path: "mantle.discovery.region", value: {}, says: /must be string/u },
    { path: "mantle.discovery.refreshInterval", value: [], says: integer },
  ],
  [
    { path: "discovery.region", value: "", says: /must not have fewer than 1 char/u },
    { path: "discovery.providerFilter.0", value: 3, says: /must be string/u },
    { path: "discovery.refreshInterval", value: -1, says: />= 0/u },
    { path: "discovery.defaultContextWindow", value: 0, says: />= 1/u },
    { path: "discovery.defaultMaxTokens", value: -5, says: />= 1/u },
    { path: "guardrail.guardrailIdentifier", value: "", says: /must not have fewer than 1 char/u },
    { path: "mantle.discovery.refreshInterval", value: -1, says: />= 0/u },
  ],
  [
    { path: "misspelt", value: true, says: extra },
    { path: "discovery.regions", value: ["us-east-1"], says: extra },
    { path: "guardrail.version", value: "1", says: extra },
    { path: "mantle.endpoint", value: "x", says: extra },
    { path: "mantle.discovery.providerFilter", value: [], says: extra },
  ],
  [
    { path: "discovery", value: true, says: /must be object/u },
    { path: "guardrail", value: "abc", says: /must be object/u },
    { path: "mantle", value: [], says: /must be object/u },
  ],
];

/** Every wrong value in the plugin's settings is refused by the host, with its path. */
export const configMistakes: Scenario = async (world) => {
  const { checks } = world;
  await using user = await newUser(world, "config mistakes");
  const { host } = user;
  for (const [index, mistakes] of MISTAKES.flatMap(fewAtOnce).entries()) {
    const config = mistakes.reduce<unknown>((made, { path, value }) => put(made, path.split("."), value), {});
    const configPath = join(world.folder("config mistakes"), `mistakes-${index}.json`);
    const entries = { "amazon-bedrock": { enabled: true, config } };
    await writeFile(configPath, JSON.stringify({ plugins: { allow: ["amazon-bedrock"], entries } }));
    const refused = await host.cli(["config", "validate"], { configPath });
    checks.ok(refused.code === 1, `config validate: refuses mistakes ${index + 1}`, refused);
    const lines = (refused.stdout + refused.stderr).split("\n");
    for (const { path, value, says } of mistakes) {
      const named = (line: string): boolean => line.includes(`${PREFIX}.${path}:`) && says.test(line);
      // An unknown key is told at the object that holds it, or, of an object with nothing else in it, by itself.
      const holder = [PREFIX, ...path.split(".").slice(0, -1)].join(".");
      const unknown = (line: string): boolean =>
        says === extra &&
        ((line.includes(`${holder}:`) && extra.test(line) && line.includes(`"${path.split(".").at(-1)}"`)) ||
          (line.includes(`${PREFIX}.${path}:`) && /schema is false/u.test(line)));
      const line = lines.find((text) => named(text) || unknown(text));
      checks.ok(line !== undefined, `config validate: names ${path} = ${JSON.stringify(value)}`, refused);
    }
  }
  const set = await host.cli([
    "config",
    "set",
    "plugins.entries.amazon-bedrock.config.discovery.refreshInterval",
    "-1",
  ]);
  checks.ok(
    set.code !== 0 && /refreshInterval/u.test(set.stdout + set.stderr),
    "config set: a wrong value is not written",
    set,
  );
};

/** The host prints no more than a handful of problems. */
function fewAtOnce(mistakes: readonly Mistake[]): readonly (readonly Mistake[])[] {
  const few = 4;
  return Array.from({ length: Math.ceil(mistakes.length / few) }, (_, index) =>
    mistakes.slice(few * index, few * (index + 1)),
  );
}

function put(into: unknown, [key = "", ...rest]: readonly string[], value: unknown): unknown {
  if (/^\d+$/u.test(key)) return [value];
  const object = typeof into === "object" && into !== null ? { ...into } : {};
  const inner: unknown = Reflect.get(object, key);
  return { ...object, [key]: rest.length === 0 ? value : put(inner, rest, value) };
}
