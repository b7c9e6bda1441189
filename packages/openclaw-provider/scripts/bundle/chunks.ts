import { type InputOptions, type OutputChunk, type Plugin, rolldown } from "rolldown";

/**
 * The modules that are needed at each moment, for chunks by moments: a file costs a millisecond to find, read and link. A moment is
 * told by what loads it: entries, or modules that are imported on demand, by a part of their paths. Bundles once without a grouping
 * to see what is really used by what.
 */
export async function momentsOf<Name extends string>(
  input: InputOptions,
  roots: Readonly<Record<Name, readonly string[]>>,
): Promise<Record<Name, ReadonlySet<string>>> {
  const bundle = await rolldown(input);
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  const chunks = new Map(output.flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])));
  const modulesFrom = (loading: readonly string[]): Set<string> => {
    const reached = new Set<OutputChunk>();
    for (const root of loading) {
      const first = [...chunks.values()].find(({ facadeModuleId }) => facadeModuleId?.includes(root));
      if (!first) throw new Error(`${root} is no entry and not loaded on demand`);
      reach(first, chunks, reached);
    }
    return new Set([...reached].flatMap(({ moduleIds }) => moduleIds));
  };
  const moments = Object.entries<readonly string[]>(roots).map(([name, loading]) => [name, modulesFrom(loading)]);
  return Object.fromEntries(moments) as Record<Name, ReadonlySet<string>>;
}

/** Notes a chunk and those it imports. */
function reach(chunk: OutputChunk, chunks: ReadonlyMap<string, OutputChunk>, reached: Set<OutputChunk>): void {
  if (reached.has(chunk)) return;
  reached.add(chunk);
  for (const name of chunk.imports) {
    const next = chunks.get(name);
    if (next) reach(next, chunks, reached);
  }
}

/** Chunks that import each other start in an order that depends on who comes first. @throws Error for the first such pair. */
export function noCycles(): Plugin {
  return {
    name: "no-cycles",
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === "chunk" ? [[file.fileName, file]] : [])),
      );
      for (const chunk of chunks.values()) {
        for (const name of chunk.imports) {
          const back = new Set<OutputChunk>();
          const next = chunks.get(name);
          if (next) reach(next, chunks, back);
          if (back.has(chunk)) throw new Error(`${chunk.fileName} and ${name} import each other`);
        }
      }
    },
  };
}

/** Escapes what is not ASCII: one such letter makes Node decode and keep a file at twice its size. */
export function asciiOnly(): Plugin {
  return {
    name: "ascii-only",
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk") file.code = file.code.replaceAll(/[^\0-\x7f]/gu, escaped);
      }
    },
  };
}

function escaped(character: string): string {
  const units = character.split("");
  return units.map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
