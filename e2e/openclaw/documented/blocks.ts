import { runInNewContext } from "node:vm";

/** What a page tells its users to type, in one spelling: no comments, no line ends, JSON in place of JSON5. */
export interface Blocks {
  readonly commands: readonly string[];
  readonly configs: readonly string[];
}

/** Where a command begins. Mirrors of a page put a whole block into one line. */
const COMMAND = /(?<![\w'":/.-])(?=(?:export|openclaw|aws|echo|source) )/u;
const FENCED = /```(\w+)\}?\s(.*?)```/gsu;
/** A line of a block whose fence was lost. */
const BARE = /^(?:bash(?=#))?(?:export|openclaw|aws|echo|source|#.* (?:openclaw|aws)) .*$/gmu;
const INLINE = /`(openclaw [^`\n]+)`/gu;

/** The commands and config blocks of a page, as Markdown or as a mirror left it. */
export function blocksOf(page: string): Blocks {
  const commands: string[] = [];
  const configs: string[] = [];
  const rest = page.replaceAll(FENCED, (_, language: string, block: string) => {
    if (language === "bash") commands.push(...commandsOf(block));
    else configs.push(configOf(block));
    return "";
  });
  configs.push(...unfenced(rest).map(configOf));
  for (const [line] of rest.matchAll(BARE)) commands.push(...commandsOf(line.replace(/^bash/u, "")));
  for (const [, command = ""] of rest.matchAll(INLINE)) commands.push(...commandsOf(command));
  return { commands, configs };
}

/** The commands of a script, each in one line and without comments. */
export function commandsOf(shell: string): readonly string[] {
  return shell
    .replaceAll(/\s+/gu, " ")
    .split(COMMAND)
    .map((command) =>
      command
        .replace(/ # .*$/u, "")
        .replaceAll("\\ ", "")
        .trim(),
    )
    .filter((command) => COMMAND.test(command));
}

/** Blocks whose fences were lost: from a brace alone in its line to the one that closes it. */
function unfenced(page: string): readonly string[] {
  const blocks: string[] = [];
  let open: string[] = [];
  let depth = 0;
  for (const line of page.split("\n")) {
    if (depth === 0 && line !== "{") continue;
    open.push(line);
    depth += line.split("{").length - line.split("}").length;
    if (depth > 0) continue;
    blocks.push(open.join("\n"));
    open = [];
  }
  return blocks;
}

/** A block of `openclaw.json` as JSON. */
export function configOf(block: string): string {
  return JSON.stringify(runInNewContext(`(${block})`));
}

/** The names in the first column of tables of options. */
export function optionsOf(page: string): readonly string[] {
  const options: string[] = [];
  let inTable = false;
  for (const line of page.split("\n")) {
    const [first = ""] = line.trim().replace(/^\|/u, "").split("|");
    const name = first.trim().replaceAll("`", "");
    if (/^(?:Option|Key)$/u.test(name)) inTable = true;
    else if (!line.includes("|")) inTable = false;
    else if (inTable && /^\w+$/u.test(name)) options.push(name);
  }
  return options;
}
