/** The shape of a member in the service model, with the constraints that are checked before anything else. */
export type Shape =
  | {
      readonly kind: "structure";
      readonly members: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    }
  | { readonly kind: "union"; readonly members: Readonly<Record<string, Shape>> }
  | { readonly kind: "list"; readonly item: Shape; readonly min?: number; readonly max?: number }
  | {
      readonly kind: "map";
      readonly min?: number;
      readonly max?: number;
      readonly key: TextLimits;
      readonly value: TextLimits;
    }
  | ({ readonly kind: "string" } & TextLimits & { readonly values?: readonly string[] })
  | { readonly kind: "number"; readonly integer?: boolean; readonly min?: number; readonly max?: number }
  | { readonly kind: "boolean" }
  | { readonly kind: "blob"; readonly min?: number }
  | { readonly kind: "document" };

export interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  /** Matched from end to end. */
  readonly pattern?: string;
}

export function structure(members: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  return { kind: "structure", members, required };
}

export function union(members: Readonly<Record<string, Shape>>): Shape {
  return { kind: "union", members };
}

export function list(item: Shape, limits: { readonly min?: number; readonly max?: number } = {}): Shape {
  return { kind: "list", item, ...limits };
}

export function text(limits: TextLimits = {}): Shape {
  return { kind: "string", ...limits };
}

export function oneOf(...values: string[]): Shape {
  return { kind: "string", values };
}

export function number(
  limits: { readonly integer?: boolean; readonly min?: number; readonly max?: number } = {},
): Shape {
  return { kind: "number", ...limits };
}

export const boolean: Shape = { kind: "boolean" };
export const document: Shape = { kind: "document" };
export const blob: Shape = { kind: "blob", min: 1 };
