/** The plugin's id in `plugins.entries`, and the provider of Converse models. */
export const BEDROCK = "amazon-bedrock";
/** Other names of that provider, in models and on the command line. */
export const BEDROCK_ALIASES: readonly string[] = ["bedrock", "aws-bedrock"];
/** The provider of Mantle models. */
export const MANTLE = "amazon-bedrock-mantle";
/** The embedding provider, as `memory.search.provider` names it. */
export const EMBEDDINGS = "bedrock";
/** `openclaw bedrock …` */
export const COMMAND = "bedrock";

export const BEDROCK_API = "bedrock-converse-stream";
export const MANTLE_API = "openai-completions";

/** The base URL of a model that was made before anybody could say where it runs: wherever the session connects. */
export const UNPLACED = "https://bedrock-runtime.amazonaws.com";
