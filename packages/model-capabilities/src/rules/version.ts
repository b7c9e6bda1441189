/**
 * The version in a name, its minor in hundredths: 3.1 is 301, 4 is 400, 4.7 is 407. Listed ids write it with a dot or a
 * hyphen by vendor, people with either. `undefined` where the name does not begin so.
 */
export function versionIn(name: string, prefix: string): number | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const found = /^([0-9]{1,2})(?:[.-]([0-9]{1,2})(?=-|$))?(?![0-9])/.exec(name.slice(prefix.length));
  return found === null ? undefined : Number(found[1]) * 100 + Number(found[2] ?? 0);
}
