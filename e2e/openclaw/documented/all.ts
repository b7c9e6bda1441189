import { awsCli } from "./aws-cli.ts";
import { converse } from "./converse.ts";
import type { Entry } from "./entry.ts";
import { mantle } from "./mantle.ts";
import { older } from "./older.ts";

/** Everything the pages tell their users to type, in the order of the guide. `scripts/house` holds it to the pages. */
export const documentedEntries: readonly Entry[] = [...converse, awsCli, ...older, ...mantle];
