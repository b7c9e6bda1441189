import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as library from "../src/index.ts";

const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("the README's example", () => {
  const example = /```ts\n([\s\S]*?)```/.exec(README)?.[1] ?? "";
  const claims = [...example.matchAll(/^(.+?);? \/\/ (.+)$/gm)].map(
    ([, code = "", said = ""]) => [code, said] as const,
  );

  it("makes claims", () => {
    expect(claims.length).toBeGreaterThanOrEqual(6);
  });

  it.each(claims)("%s is %s", (code, said) => {
    const setup = [...example.matchAll(/^const .+;$/gm)].map(([line]) => line).join("\n");
    const names = Object.keys(library);
    const evaluate = new Function(...names, `${setup}\nreturn (${code});`);
    expect(evaluate(...Object.values(library))).toEqual(new Function(`return (${said});`)());
  });

  it("names everything that is exported", () => {
    for (const name of Object.keys(library)) expect(README).toContain(name);
  });
});
