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

/** A process that runs beside the test. */
export interface Running {
  /** What it printed so far, both streams. */
  output(): string;
  readonly ended: boolean;
  /** Sends a signal, and kills it where it has not ended in time. Gives its exit code, null if it was killed. */
  stop(signal: NodeJS.Signals, patienceMs: number): Promise<number | null>;
}

const running = new Set<ChildProcess>();

/** Starts a program that runs on, in a process group of its own. */
export function start(file: string, args: readonly string[], { cwd, env }: Omit<RunOptions, "timeoutMs">): Running {
  const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  let output = "";
  let ended = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const closed = new Promise<number | null>((resolve) => {
    const end = (code: number | null): void => {
      ended = true;
      running.delete(child);
      resolve(code);
    };
    child.once("error", (error) => {
      output += String(error);
      end(null);
    });
    child.once("close", end);
  });
  return {
    output: () => output,
    get ended() {
      return ended;
    },
    async stop(signal, patienceMs) {
      if (!ended) child.kill(signal);
      const timer = setTimeout(() => kill(child), patienceMs);
      const code = await closed;
      clearTimeout(timer);
      return code;
    },
  };
}

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
