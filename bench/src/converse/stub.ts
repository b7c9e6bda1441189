import { fork } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";

export interface Ports {
  readonly http1: number;
  readonly http2: number;
  /** HTTP/1.1 and HTTP/2, by ALPN. */
  readonly tls: number;
}

/** What the stub saw since it started. */
export interface Observed {
  tlsConnections: number;
  /** Bytes of the last endless answer that its socket took. */
  endlessBytes: number;
  /** When the last endless answer was closed by its reader, on the machine's monotonic clock; "0" while it is open. */
  endlessClosedAtNs: string;
}

export interface Stub {
  readonly ports: Ports;
  /** A file for NODE_EXTRA_CA_CERTS. */
  readonly certificateFile: string;
  stop(): void;
}

/** Starts the stub server in a process of its own. */
export async function startStub(): Promise<Stub> {
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), "clawrock-bench-"));
  const certificateFile = join(folder, "certificate.pem");
  writeFileSync(certificateFile, cert);
  const server = fork(join(import.meta.dirname, "stub-server.ts"), [cert, key], { execArgv: process.execArgv });
  const ports = await new Promise<Ports>((resolve, reject) => {
    server.once("message", (message) => resolve(message as Ports));
    server.once("exit", (code) => reject(new Error(`The stub server ended with ${code}`)));
  });
  return {
    ports,
    certificateFile,
    stop: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function observedBy(ports: Ports): Promise<Observed> {
  const response = await fetch(`http://127.0.0.1:${ports.http1}/observed`);
  return (await response.json()) as Observed;
}
