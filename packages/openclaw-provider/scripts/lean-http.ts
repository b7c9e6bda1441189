/**
 * A plugin of the bundle: `await import("http")` in bundled packages takes the module as it is, without its namespace, whose
 * making reads every export and so loads Node's fetch: tens of milliseconds before the first call.
 */
export function leanHttp(): { name: string; renderChunk(code: string): { code: string } } {
  return {
    name: "lean-http",
    renderChunk: (code) => ({
      code: code.replaceAll(/await import\("(?:node:)?http"\)/gu, 'process.getBuiltinModule("node:http")'),
    }),
  };
}
