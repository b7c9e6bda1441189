import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { run } from "./processes.ts";

/** An npm registry of a few packages, on loopback. */
export interface Registry extends AsyncDisposable {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
}

/** Serves packed packages as npm's registry does: a document by name, and the tarballs. */
export async function startRegistry(tarballs: readonly string[]): Promise<Registry> {
  const packages = new Map<string, { readonly manifest: Record<string, unknown>; readonly tarball: Buffer }>();
  for (const path of tarballs) {
    const manifest: Record<string, unknown> = JSON.parse(await unpacked(path, "package/package.json"));
    packages.set(String(manifest["name"]), { manifest, tarball: await readFile(path) });
  }
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").replace(/^\//u, "");
    asked.push(path);
    const [name = "", file] = path.split("/-/");
    const known = packages.get(name);
    if (!known) {
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not found"}');
    } else if (file) {
      response.setHeader("content-type", "application/octet-stream").end(known.tarball);
    } else {
      response.setHeader("content-type", "application/json").end(JSON.stringify(packument(name, known, url())));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  function url(): string {
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  }
  return {
    url: url(),
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function packument(
  name: string,
  { manifest, tarball }: { readonly manifest: Record<string, unknown>; readonly tarball: Buffer },
  url: string,
): object {
  const version = String(manifest["version"]);
  const dist = {
    tarball: `${url}/${name}/-/package-${version}.tgz`,
    integrity: `sha512-${createHash("sha512").update(tarball).digest("base64")}`,
    shasum: createHash("sha1").update(tarball).digest("hex"),
  };
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: { ...manifest, dist } },
    time: { created: "2026-01-01T00:00:00.000Z", [version]: "2026-01-01T00:00:00.000Z" },
  };
}

async function unpacked(tarball: string, file: string): Promise<string> {
  const ran = await run("tar", ["xzOf", tarball, file], { env: { PATH: "/usr/bin:/bin" }, timeoutMs: 60_000 });
  if (ran.code !== 0) throw new Error(ran.stderr);
  return ran.stdout;
}
