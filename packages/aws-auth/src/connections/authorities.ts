import type { SecureContext } from "node:tls";
import { AwsAuthError } from "../aws-auth-error.ts";
import { present, processEnvironment } from "../environment.ts";
import { fs } from "../file-system.ts";

/** A file of certificates to trust, and what named it. */
export interface CaBundle {
  readonly path: string;
  readonly source: string;
}

/**
 * What TLS trusts besides Node's own authorities (to which `NODE_EXTRA_CA_CERTS` adds, read by Node at its start); undefined
 * where nothing is added. The bundle adds and does not replace, so that one with nothing but a company's authority is enough.
 * @throws AwsAuthError of kind `invalid-config` if the file cannot be read or holds no certificate.
 */
export async function trusting(bundle: CaBundle | undefined): Promise<SecureContext | undefined> {
  if (!bundle) return undefined;
  const { createSecureContext, getCACertificates, rootCertificates } = await import("node:tls");
  const pem = read(bundle);
  // Node before 22.15 cannot list its authorities.
  const own = getCACertificates ? getCACertificates("default") : [...rootCertificates, ...extra()];
  // One context for all connections: to build it costs milliseconds.
  return createSecureContext({ ca: [...own, pem] });
}

function read(bundle: CaBundle): string {
  let text: string;
  try {
    text = fs.readFileSync(bundle.path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw unusable(bundle, `cannot be read${code}`);
  }
  const certificates = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gsu) ?? [];
  if (certificates.length === 0) throw unusable(bundle, "holds no certificate in PEM form");
  // TLS would pass over a damaged one in silence.
  const damaged = certificates.findIndex((certificate) => !isCertificate(certificate));
  if (damaged !== -1) throw unusable(bundle, `holds a damaged certificate (number ${damaged + 1})`);
  return text;
}

function isCertificate(pem: string): boolean {
  // Loaded only here: `node:crypto` takes longer to load than this package.
  const { X509Certificate } = process.getBuiltinModule("node:crypto");
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function unusable({ path, source }: CaBundle, flaw: string): AwsAuthError {
  return new AwsAuthError({
    kind: "invalid-config",
    problem: `The file of certificate authorities ${path} (${source}) ${flaw}`,
    fix: `Let ${source} name a readable PEM file, or remove it`,
  });
}

function extra(): string[] {
  const path = present(processEnvironment()["NODE_EXTRA_CA_CERTS"]);
  return path ? [read({ path, source: "NODE_EXTRA_CA_CERTS" })] : [];
}
