import { describe, expectTypeOf, it } from "vitest";
import type plugin from "../src/index.ts";
import type declared from "../src/index.types.ts";

describe("the declarations of the package", () => {
  it("say what the entry exports", () => {
    expectTypeOf<typeof declared>().toEqualTypeOf<typeof plugin>();
  });
});
