const LANES = [0x81_1c_9d_c5, 0x9e_37_79_b9, 0x85_eb_ca_6b, 0xc2_b2_ae_35] as const;

/**
 * A name of 32 hex digits for a key. The file says itself which key it is of, so two keys of one name merely take the place of
 * each other; and loading `node:crypto` takes longer than all the rest of a read.
 */
export function nameOf(key: string): string {
  return LANES.map((seed) => lane(key, seed)).join("");
}

/** FNV-1a over UTF-16 units, then the finish of MurmurHash3, which spreads the last ones. */
function lane(key: string, seed: number): string {
  let hash = seed;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01_00_01_93);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2_b2_ae_35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, "0");
}
