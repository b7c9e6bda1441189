/** A certificate and its key, both as PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a self-signed certificate for this machine's own names, good for a week. Loaded only where TLS is wanted. */
export async function selfSignedCertificate(host: string): Promise<ServerCertificate> {
  const { generate } = await import("selfsigned");
  const address = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: new Date(Date.now() + 7 * 24 * 60 * 60 * 1000),
    extensions: [
      { name: "basicConstraints", cA: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 7, ip: "127.0.0.1" },
          { type: 7, ip: "::1" },
          ...(/^[\d.]+$|:/.test(address)
            ? [{ type: 7 as const, ip: address }]
            : [{ type: 2 as const, value: address }]),
        ],
      },
    ],
  });
  return { cert: made.cert, key: made.private };
}
