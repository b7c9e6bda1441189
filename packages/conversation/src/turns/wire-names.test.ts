import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toolNamesByWireName, wireCallIds, wireToolName } from "./wire-names.ts";

describe("names on the wire", () => {
  it("are in the services' alphabet, and as they were where that was possible", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (name) => {
        const wire = wireToolName(name);
        expect(wire).toMatch(/^[a-zA-Z0-9_-]{1,64}$/u);
        expect(wireToolName(wire)).toBe(wire);
      }),
    );
    expect(wireToolName("get_weather-2")).toBe("get_weather-2");
  });

  it("keep apart what would become one", () => {
    const names = ["fs.read", "fs_read", "fs/read", "", "x".repeat(65), "x".repeat(66)];
    expect(new Set(names.map(wireToolName)).size).toBe(names.length);
    const tools = names.map((name) => ({ name, description: "", parameters: {} }));
    expect([...toolNamesByWireName(tools).values()]).toEqual(names);
  });

  it("give every call of a turn an id of its own", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "b", "call/1", "call|1", "")), (ids) => {
        const wire = wireCallIds(ids);
        expect(new Set(wire).size).toBe(ids.length);
      }),
    );
  });
});
