import type { FoundationModel } from "./table.ts";

/** An inference profile as the control plane describes it. */
export interface InferenceProfile {
  readonly inferenceProfileName: string;
  readonly description: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly inferenceProfileArn: string;
  readonly models: readonly { readonly modelArn: string }[];
  readonly inferenceProfileId: string;
  readonly status: "ACTIVE";
  readonly type: "SYSTEM_DEFINED" | "APPLICATION";
}

/** An application inference profile: an opaque id over the models of a system-defined profile or a foundation model. */
export interface ApplicationProfile {
  readonly id: string;
  readonly name: string;
  /** The id of the profile or model that it was made from. */
  readonly copyFrom: string;
}

export const defaultApplicationProfiles: readonly ApplicationProfile[] = [
  { id: "x7k2m9q4w1zt", name: "team-assistant", copyFrom: "anthropic.claude-sonnet-4-5-20250929-v1:0" },
];

const destinations: Readonly<Record<string, readonly string[]>> = {
  us: ["us-east-1", "us-east-2", "us-west-2"],
  eu: ["eu-central-1", "eu-north-1", "eu-west-1", "eu-west-3"],
  apac: ["ap-northeast-1", "ap-south-1", "ap-southeast-1", "ap-southeast-2"],
};

/** The geography whose profiles a region offers beside `global`. */
function geographyOf(region: string): string {
  if (region.startsWith("us-gov-")) return "us-gov";
  if (region.startsWith("eu-")) return "eu";
  if (region.startsWith("ap-")) return "apac";
  return region.startsWith("us-") ? "us" : "none";
}

/** The profiles that can be called from a region, system-defined ones first. */
export function profilesIn(
  region: string,
  accountId: string,
  models: readonly FoundationModel[],
  applications: readonly ApplicationProfile[],
): readonly InferenceProfile[] {
  const system = models.flatMap((model) => systemProfiles(model, region, accountId));
  const application = applications.flatMap((profile): InferenceProfile[] => {
    const model = models.find((row) => row.modelId === profile.copyFrom);
    const source = system.find((row) => row.inferenceProfileId === profile.copyFrom);
    const geographic = system.find((row) => row.inferenceProfileId === `${geographyOf(region)}.${profile.copyFrom}`);
    const targets =
      (source ?? geographic)?.models ?? (model ? [{ modelArn: modelArn(region, model.modelId) }] : undefined);
    if (!targets) return [];
    return [
      {
        inferenceProfileName: profile.name,
        description: `Application profile of ${profile.copyFrom}.`,
        createdAt: "2026-02-03T09:30:00Z",
        updatedAt: "2026-02-03T09:30:00Z",
        inferenceProfileArn: `arn:aws:bedrock:${region}:${accountId}:application-inference-profile/${profile.id}`,
        models: targets,
        inferenceProfileId: profile.id,
        status: "ACTIVE",
        type: "APPLICATION",
      },
    ];
  });
  return [...system, ...application];
}

function systemProfiles(model: FoundationModel, region: string, accountId: string): InferenceProfile[] {
  const here = geographyOf(region);
  return (model.profiles ?? [])
    .filter((geography) => geography === "global" || geography === here)
    .map((geography) => {
      const id = `${geography}.${model.modelId}`;
      const regions = geography === "global" ? ["", region] : (destinations[geography] ?? [region]);
      const label = `${geography === "global" ? "Global" : geography.toUpperCase()} ${model.providerName} ${model.modelName}`;
      return {
        inferenceProfileName: label,
        description: `Routes requests to ${model.modelName} in ${geography === "global" ? "all supported regions" : regions.join(", ")}.`,
        createdAt: "2025-10-15T00:00:00Z",
        updatedAt: "2025-10-15T00:00:00Z",
        inferenceProfileArn: `arn:aws:bedrock:${region}:${accountId}:inference-profile/${id}`,
        models: regions.map((target) => ({ modelArn: modelArn(target, model.modelId) })),
        inferenceProfileId: id,
        status: "ACTIVE",
        type: "SYSTEM_DEFINED",
      };
    });
}

/** The ARN of a foundation model. */
export function modelArn(region: string, modelId: string): string {
  return `arn:aws:bedrock:${region}::foundation-model/${modelId}`;
}
