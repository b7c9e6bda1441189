import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

interface ResolveArgs {
  readonly path: string;
  readonly kind: string;
  readonly resolveDir: string;
  readonly namespace: string;
}

interface Bundler {
  onResolve(
    options: { filter: RegExp },
    callback: (args: ResolveArgs) => { path: string; namespace: string; pluginData: string } | undefined,
  ): void;
  onLoad(
    options: { filter: RegExp; namespace: string },
    callback: (args: { path: string; pluginData: string }) => Promise<{ contents: string; resolveDir: string }>,
  ): void;
}

/**
 * An esbuild plugin: a CommonJS package that is loaded by `import()` gets a face with its names, as Node would give it.
 * With code splitting esbuild hands out nothing but its default export.
 */
export function namedExports(packages: readonly string[]): { name: string; setup(build: Bundler): void } {
  const namespace = "named-exports";
  return {
    name: namespace,
    setup(build) {
      build.onResolve({ filter: /^@?[a-z]/ }, ({ path, kind, resolveDir, namespace: from }) =>
        kind === "dynamic-import" && from !== namespace && packages.includes(path)
          ? { path, namespace, pluginData: resolveDir }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace }, async ({ path, pluginData: resolveDir }) => {
        const file = createRequire(`${resolveDir}/`).resolve(path);
        const names = Object.keys(await import(pathToFileURL(file).href)).filter((name) =>
          /^(?!default$)\w+$/u.test(name),
        );
        return { contents: `export { ${names.join(", ")} } from ${JSON.stringify(path)};`, resolveDir };
      });
    },
  };
}
