/** Whether one of several names of a provider passes; without usable names in the filter all do. */
export type ProviderFilter = (names: readonly (string | undefined)[]) => boolean;

export function providerFilter(wanted: readonly string[] | undefined): ProviderFilter {
  const names = new Set((wanted ?? []).map(normal).filter(Boolean));
  if (names.size === 0) return () => true;
  return (candidates) => candidates.some((name) => name !== undefined && names.has(normal(name)));
}

function normal(name: string): string {
  return name.trim().toLowerCase();
}
