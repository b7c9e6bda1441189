import { configSchema } from "../src/config/schema.ts";

interface SchemaNode {
  readonly type: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/** The README's table of every key, in Markdown. */
export function configTable(): string {
  const rows = rowsOf(configSchema).map((row) => `| ${row.join(" | ")} |`);
  return ["| Key | Type | Default | What it does |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function rowsOf(node: SchemaNode, path = ""): string[][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => {
    const childPath = path ? `${path}.${key}` : key;
    if (child.properties) return rowsOf(child, childPath);
    const required = node.required?.includes(key) ? "required" : "unset";
    const fallback = child.default === undefined ? required : `\`${JSON.stringify(child.default)}\``;
    return [[`\`${childPath}\``, typeOf(child), fallback, child.description ?? ""]];
  });
}

function typeOf(node: SchemaNode): string {
  if (node.enum) return node.enum.map((word) => `\`${word}\``).join(", ");
  return node.items ? `list of ${node.items.type}s` : node.type;
}
