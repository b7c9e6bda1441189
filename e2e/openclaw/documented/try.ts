import { at, listAt, parseJson } from "../lib/json.ts";
import type { Ran } from "../lib/processes.ts";
import type { Trial } from "./entry.ts";

/** The host takes the config. @throws with what it says otherwise. */
export async function valid({ host }: Trial): Promise<string> {
  const ran = await host.cli(["config", "validate"]);
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return "`openclaw config validate` takes it.";
}

/** What the host says about a config that it does not take. @throws if it takes it. */
export async function refusal({ host, plain }: Trial): Promise<string> {
  const ran = await host.cli(["config", "validate"]);
  if (ran.code === 0) throw new Error("the host takes it now");
  return plain(firstProblem(ran));
}

/** `openclaw doctor --fix`, until it ends. @throws if it does not succeed. */
export async function fix({ host }: Trial): Promise<Ran> {
  const ran = await host.cli(["doctor", "--fix", "--non-interactive"]);
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return ran;
}

/** A turn that must answer. @throws with what the host says otherwise. */
export async function turn({ host, requests }: Trial, model?: string): Promise<string> {
  const word = "mulberry-5";
  const before = requests().length;
  const options = model === undefined ? [] : ["--model", model];
  const args = ["agent", "exec", `Reply with exactly: ${word}`, "--cwd", host.workspace, "--config", host.configPath];
  const ran = await host.cli([...args, "--json", ...options]);
  if (at(parseJson(ran.stdout), "final") !== word)
    throw new Error(`no answer of ${model ?? "the default model"}: ${ran.stdout}${ran.stderr}`);
  const answered = requests()
    .slice(before)
    .findLast((request) => /^(Converse|ConverseStream|ChatCompletions) .* 200$/u.test(request));
  return `A turn is answered: \`${answered}\`.`;
}

/** A turn, or in the plugin's or the host's own words why there was none. */
export async function turnOrReason(
  trial: Trial,
  model: string,
): Promise<{ readonly seen: string } | { readonly reason: string }> {
  try {
    return { seen: await turn(trial, model) };
  } catch (error) {
    const said = /\[plugins\] (.*)|rawError=(.*)/u.exec(String(error));
    if (!said) throw error;
    return { reason: trial.plain((said[1] ?? said[2] ?? "").replace(/ ?\(request id [^)]*\)/u, "")) };
  }
}

/** Ids in `models list`, with what it says beside them. */
export async function listed(
  { host }: Trial,
  ...options: readonly string[]
): Promise<{ readonly keys: readonly string[]; readonly said: string }> {
  const ran = await host.cli(["models", "list", "--json", ...options]);
  if (ran.code !== 0) throw new Error(ran.stdout + ran.stderr);
  return {
    keys: listAt(parseJson(ran.stdout), "models").map((row) => String(at(row, "key"))),
    said: /^Gateway is not running.*$/mu.exec(ran.stderr)?.[0] ?? "",
  };
}

/** Models of both providers are listed. @throws if there are none of them. */
export async function listsModels(trial: Trial, ...providers: readonly string[]): Promise<string> {
  const { keys, said } = await listed(trial, "--refresh");
  for (const provider of providers) {
    if (!keys.some((key) => key.startsWith(`${provider}/`)))
      throw new Error(`no ${provider} in ${keys.join(" ")} ${said}`);
  }
  return `\`openclaw models list --refresh\` shows models of \`${providers.join("` and `")}\`.`;
}

function firstProblem({ stdout, stderr }: Ran): string {
  const lines = `${stdout}\n${stderr}`.split("\n").map((line) => line.trim());
  const at = lines.findIndex((line) => /invalid/iu.test(line));
  return lines
    .slice(at, at + 3)
    .filter(Boolean)
    .join("\n");
}
