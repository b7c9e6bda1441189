import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, vi } from "vitest";

const homes: string[] = [];

/** Each test of the file begins without any AWS variable and with an empty home. */
export function cleanEnvironment(): void {
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
    vi.stubEnv("HOME", newHome());
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });
}

/** Sets variables of the process for this test. */
export function setEnv(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** Writes the shared files into this test's home. */
export function writeShared(files: { readonly config?: string; readonly credentials?: string }): void {
  const folder = join(process.env["HOME"] ?? "", ".aws");
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
}

function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), "aws-auth-"));
  homes.push(home);
  return home;
}
