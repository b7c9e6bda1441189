import { type ChildProcess, spawn } from "node:child_process";

export interface Ran {
  readonly command: string;
  /** Null when it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  readonly timedOut: boolean;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string>>;
  /** The process and its children are killed after it. */
  readonly timeoutMs: number;
}

const running = new Set<ChildProcess>();

/** Runs a program to its end, in a process group of its own. */
export function run(file: string, args: readonly string[], { cwd, env, timeoutMs }: RunOptions): Promise<Ran> {
  const began = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<Ran>();
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  let stdout = "";
  let stderr = "";
  let timedOut = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const timer = setTimeout(() => {
    timedOut = true;
    kill(child);
  }, timeoutMs);
  child.once("error", reject);
  child.once("close", (code) => {
    clearTimeout(timer);
    running.delete(child);
    const seconds = (performance.now() - began) / 1000;
    resolve({ command: [file, ...args].join(" "), code, stdout, stderr, seconds, timedOut });
  });
  return promise;
}

/** Kills what is still running, children included. */
export function killAll(): void {
  for (const child of running) kill(child);
}

function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
