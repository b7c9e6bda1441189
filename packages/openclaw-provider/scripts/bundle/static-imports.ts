import type { Plugin } from "rolldown";

/** What each Converse turn loads anyway. */
const SPECIFIERS: ReadonlySet<string> = new Set(["@aws-sdk/client-bedrock-runtime", "@smithy/core/event-streams"]);

const TAKEN = /const \{([^}]*)\} = await import\(\s*["']([^"']+)["'],?\s*\)/gu;

/**
 * Makes `const { A } = await import("sdk")` an ordinary import of A in the chunk that is loaded on demand as a whole: the other
 * exports are left out, and the modules need no wrapping to start one by one.
 */
export function staticImports(): Plugin {
  return {
    name: "static-imports",
    transform(code) {
      if (!code.includes("await import(")) return undefined;
      const imports: string[] = [];
      const changed = code.replaceAll(TAKEN, (dynamic, list: string, source: string) => {
        if (!SPECIFIERS.has(source)) return dynamic;
        const names = list.split(",").flatMap((name) => name.trim() || []);
        const alias = (name: string): string => `${name}$${imports.length}`;
        const taken = `const { ${names.join(", ")} } = { ${names.map((name) => `${name}: ${alias(name)}`).join(", ")} }`;
        imports.push(`import { ${names.map((name) => `${name} as ${alias(name)}`).join(", ")} } from "${source}";`);
        return taken;
      });
      return imports.length > 0 ? [...imports, changed].join("\n") : undefined;
    },
  };
}
