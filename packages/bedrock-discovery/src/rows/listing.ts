import type { Lists } from "../lists/fetch-lists.ts";
import type { ListedModel } from "../lists/list-foundation-models.ts";
import { type IdReader, idReader } from "./reader.ts";

/** The lists of a region, with what is asked of them for every row. */
export interface Listing extends Pick<Lists, "region" | "models" | "profiles" | "own"> {
  readonly read: IdReader;
  /** The listed model of a base id: the one without a context suffix, where there is one. */
  modelOf(baseId: string | undefined): ListedModel | undefined;
  /** The models behind one of the account's own. */
  madeOf(arn: string): readonly string[];
  /** What to send instead of a base id: its active system-defined profiles, else the application profiles. */
  profilesOf(baseId: string | undefined): readonly string[];
}

export function listingOf({ region, models, profiles, own }: Omit<Lists, "warnings">): Listing {
  const read = idReader();
  const modelByBase = new Map<string, ListedModel>();
  for (const model of models ?? []) {
    const { base, suffixed } = read(model.id);
    if (base !== undefined && (!modelByBase.has(base) || !suffixed)) modelByBase.set(base, model);
  }
  const systemByBase = new Map<string, string[]>();
  const applicationByBase = new Map<string, string[]>();
  for (const { type, id, arn, active, modelArns } of profiles ?? []) {
    if (!active) continue;
    const [byBase, sent] = type === "APPLICATION" ? [applicationByBase, arn] : [systemByBase, id];
    // An application profile may have any name, also one that looks like a model's.
    const ids = type === "APPLICATION" ? modelArns : [...modelArns, id];
    for (const base of new Set(ids.map((each) => read(each).base))) {
      if (base === undefined) continue;
      const sofar = byBase.get(base);
      if (sofar) sofar.push(sent);
      else byBase.set(base, [sent]);
    }
  }
  const ownByArn = new Map(own.map((each) => [each.arn, each.modelArns]));
  return {
    ...{ region, models, profiles, own, read },
    modelOf: (base) => (base === undefined ? undefined : modelByBase.get(base)),
    madeOf: (arn) => ownByArn.get(arn) ?? [],
    profilesOf: (base) => (base === undefined ? [] : (systemByBase.get(base) ?? applicationByBase.get(base) ?? [])),
  };
}
