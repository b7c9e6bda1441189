import type { Screen } from "../screen.ts";
import type { Stage } from "../stage.ts";

/** Who asks and where: told before the first request. */
export async function showIdentity({ aws, intro }: Stage, screen: Screen): Promise<object> {
  screen.title("Who you are and where you connect");
  screen.say(intro);
  const credentials = aws.describe();
  const { expiresAt } = await aws.identity();
  screen.table(
    ["", ""],
    [
      ["region", `${aws.region.name} (from ${aws.region.source})`],
      ["credentials", `${credentials.source}${expiresAt ? `, until ${expiresAt.toISOString()}` : ""}`],
      ["why these", credentials.why],
      ["runtime", aws.endpoint("bedrock-runtime")],
      ["mantle", aws.endpoint("bedrock-mantle")],
    ],
  );
  return {
    region: aws.region,
    credentials: { kind: credentials.kind, source: credentials.source },
    endpoint: aws.endpoint("bedrock-runtime"),
  };
}
