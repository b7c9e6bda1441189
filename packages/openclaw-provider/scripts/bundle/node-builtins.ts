import { isBuiltin } from "node:module";
import type { Plugin } from "rolldown";

const MARK = "\0builtin:";
/** Loaded when first used: nobody who speaks HTTP/1.1 needs it, and it takes ten milliseconds. */
const LAZY: ReadonlySet<string> = new Set(["http2"]);

/**
 * Takes Node's own modules by `process.getBuiltinModule`, each name of them when it is used. An `import` makes a namespace of
 * the whole module, which reads every export: of node:http that loads fetch, tens of milliseconds before the first call.
 */
export function nodeBuiltins(): Plugin {
  return {
    name: "node-builtins",
    resolveId(source, _importer, { kind }) {
      if (!isBuiltin(source)) return undefined;
      const name = source.replace(/^node:/u, "");
      if (kind !== "import-statement") return { id: `node:${name}`, external: true };
      return { id: `${MARK}${name}`, moduleSideEffects: false };
    },
    load(id) {
      if (!id.startsWith(MARK)) return undefined;
      const name = id.slice(MARK.length);
      return { code: LAZY.has(name) ? lazyModule(name) : module(name), moduleSideEffects: false };
    },
    transform(code) {
      if (!code.includes("await import(")) return undefined;
      // The quotes stay, for this may also stand in a text.
      return code.replaceAll(/\bawait import\(\s*(["'])(?:node:)?([\w/]+)\1\s*\)/gu, (dynamic, quote, name: string) =>
        isBuiltin(name) ? `process.getBuiltinModule(${quote}node:${name}${quote})` : dynamic,
      );
    },
  };
}

function module(name: string): string {
  const exports = namesOf(name).map((key) => `export const ${key} = /* @__PURE__ */ (() => builtin.${key})();`);
  return [`const builtin = /* @__PURE__ */ ${taken(name)};`, "export default builtin;", ...exports].join("\n");
}

/** Every export stands in for the real one, of which it asks when it is called, constructed or read. */
function lazyModule(name: string): string {
  const names = namesOf(name);
  const exports = names.map((key) => `export const ${key} = /* @__PURE__ */ later(() => ${taken(name)}.${key});`);
  return [
    `const later = (real) => new Proxy(function () {}, {
  apply: (_, self, args) => Reflect.apply(real(), self, args),
  construct: (_, args, made) => Reflect.construct(real(), args, made),
  get: (_, key) => real()[key],
});`,
    ...exports,
    `export default { ${names.join(", ")} };`,
  ].join("\n");
}

function taken(name: string): string {
  return `process.getBuiltinModule("node:${name}")`;
}

function namesOf(name: string): string[] {
  const builtin = process.getBuiltinModule(`node:${name}`);
  return Object.keys(builtin ?? {}).filter((key) => /^(?!default$)[A-Za-z_$][\w$]*$/u.test(key));
}
