import { styleText } from "node:util";
import Table from "cli-table3";

/** What the tour is shown on: a terminal for people, or nothing when a program reads the JSON at the end. */
export interface Screen {
  title(text: string): void;
  /** A line of words. */
  say(text: string): void;
  /** A quieter line: figures and asides. */
  note(text: string): void;
  /** A piece of streamed text, as it arrives. */
  piece(text: string, kind: "text" | "thinking"): void;
  table(head: readonly string[], rows: readonly (readonly string[])[]): void;
  problem(text: string): void;
}

export function terminal(out: NodeJS.WriteStream): Screen {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    styleText(style, text, { stream: out });
  let open: "text" | "thinking" | undefined;
  /** Streamed text has no line end of its own. */
  const endPiece = (): void => {
    if (open) out.write("\n");
    open = undefined;
  };
  const line = (text: string): void => {
    endPiece();
    out.write(`${text}\n`);
  };
  return {
    title: (text) => line(`\n${paint("bold", text)}`),
    say: (text) => line(text),
    note: (text) => line(paint("dim", text)),
    problem: (text) => line(paint("red", text)),
    piece: (text, kind) => {
      if (open && open !== kind) endPiece();
      open = kind;
      out.write(kind === "thinking" ? paint(["dim", "italic"], text) : text);
    },
    table: (head, rows) => {
      const table = new Table({
        head: head.some(Boolean) ? [...head] : [],
        chars: PLAIN,
        style: { head: out.isTTY ? ["bold"] : [], border: [], "padding-left": 0, "padding-right": 2 },
      });
      table.push(...rows.map((row) => [...row]));
      line(table.toString());
    },
  };
}

/** No frames: ids can be selected and copied. */
const PLAIN = Object.fromEntries(
  [
    "top",
    "top-mid",
    "top-left",
    "top-right",
    "bottom",
    "bottom-mid",
    "bottom-left",
    "bottom-right",
    "left",
    "left-mid",
    "mid",
    "mid-mid",
    "right",
    "right-mid",
    "middle",
  ].map((part) => [part, ""]),
);

export const silent: Screen = {
  title: () => undefined,
  say: () => undefined,
  note: () => undefined,
  piece: () => undefined,
  table: () => undefined,
  problem: () => undefined,
};
