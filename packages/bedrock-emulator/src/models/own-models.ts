interface Named {
  readonly name: string;
  /** The foundation model that it was made of, or answers as. */
  readonly of: string;
}

/** A model that the account made, bought or set up itself, called by its ARN. */
export type OwnModel =
  /** Weights of one's own. `instructSupported: false` takes no turns. */
  | (Named & { readonly kind: "imported"; readonly architecture?: string; readonly instructSupported?: boolean })
  /** A foundation model that was trained further; called through a deployment. */
  | (Named & { readonly kind: "custom" })
  /** `custom`: the name of the custom model that is deployed. */
  | (Named & { readonly kind: "deployment"; readonly custom: string; readonly status?: DeploymentStatus })
  | (Named & { readonly kind: "provisioned"; readonly status?: ProvisionedStatus })
  /** Chooses between `of` and the others; calls fall back to `of`. */
  | (Named & { readonly kind: "prompt-router"; readonly others: readonly string[]; readonly type?: RouterType });

export const deploymentStatuses = ["Creating", "Active", "Failed"] as const;
export const provisionedStatuses = ["Creating", "InService", "Updating", "Failed"] as const;
export const routerTypes = ["default", "custom"] as const;

type DeploymentStatus = (typeof deploymentStatuses)[number];
type ProvisionedStatus = (typeof provisionedStatuses)[number];
type RouterType = (typeof routerTypes)[number];

/** Where something of an account is. */
export interface OwnPlace {
  readonly region: string;
  readonly accountId: string;
}

/** The ARN by which a model of the account's own is listed and called. */
export function ownArn(model: OwnModel, { region, accountId }: OwnPlace): string {
  const arn = (resource: string): string => `arn:aws:bedrock:${region}:${accountId}:${resource}`;
  const id = idOf(model.name);
  switch (model.kind) {
    case "imported":
      return arn(`imported-model/${id}`);
    case "custom":
      return arn(`custom-model/${model.of}/${id}`);
    case "deployment":
      return arn(`custom-model-deployment/${id}`);
    case "provisioned":
      return arn(`provisioned-model/${id}`);
    case "prompt-router":
      return arn(model.type === "custom" ? `prompt-router/${id}` : `default-prompt-router/${model.name}`);
  }
}

/** The foundation model that answers a call of an ARN; undefined for one that takes no calls. */
export function answeringFor(models: readonly OwnModel[], arn: string, place: OwnPlace): string | undefined {
  const model = models.find((each) => ownArn(each, place) === arn);
  if (!model) return undefined;
  switch (model.kind) {
    case "imported":
      return model.instructSupported === false ? undefined : model.of;
    case "custom":
      return undefined;
    case "deployment":
      return (model.status ?? "Active") === "Active" ? model.of : undefined;
    case "provisioned":
      return (model.status ?? "InService") === "InService" ? model.of : undefined;
    case "prompt-router":
      return model.of;
  }
}

/** Twelve letters and digits, as AWS gives them, the same for the same name. */
function idOf(name: string): string {
  let state = 7;
  for (const letter of name) state = (state * 31 + (letter.codePointAt(0) ?? 0)) % 4_294_967_291;
  return state.toString(36).padStart(12, "0");
}
