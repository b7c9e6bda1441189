import { assumed, documented, reported } from "../refusals/provenance.ts";
import { refusalTable } from "../refusals/refusal-table.ts";

export const mantleRefusal = refusalTable("Mantle and the runtime's /openai/v1", {
  "mantle-path": {
    refuses: "A path that is none, also a list of models at the runtime (404).",
    provenance: assumed,
    says: (request: string) => `Unknown path: ${request}`,
  },
  "mantle-body": {
    refuses: "A body that is no JSON object.",
    provenance: assumed,
    says: () => "We could not parse the JSON body of your request.",
  },
  "messages-body": {
    refuses: "Messages: a body that is no JSON object.",
    provenance: assumed,
    says: () => "The request body is not valid JSON",
  },
  "messages-output-format": {
    refuses: "Messages: structured output, at Mantle.",
    provenance: documented(
      "https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-structured-outputs.html",
    ),
    says: () => "output_config.format: Extra inputs are not permitted",
  },
  "mantle-model-missing": {
    refuses: "A request without a model.",
    provenance: assumed,
    says: () => "you must provide a model parameter",
  },
  "mantle-model-unknown": {
    refuses: "A model that the endpoint does not have (404).",
    provenance: assumed,
    says: (id: string) => `The model '${id}' does not exist`,
  },
  "mantle-route": {
    refuses: "A model of another route.",
    provenance: reported("NousResearch/hermes-agent#52316"),
    says: (id: string) => `model \`${id}\` isn't supported on this route`,
  },
  "mantle-api": {
    refuses: "A model without the API.",
    provenance: reported("llm-gateway#2657"),
    says: (id: string, path: string) => `The model '${id}' does not support the '/v1/${path}' API`,
  },
  "parameter-missing": {
    refuses: "A parameter that is not there: input, the name of a tool, the id of a call.",
    provenance: assumed,
    says: (name: string) => `Missing required parameter: '${name}'.`,
  },
  "parameter-type": {
    refuses: "Messages or an input that is no list.",
    provenance: assumed,
    says: (name: string, found: string) =>
      `Invalid type for '${name}': expected an array of objects, but got ${found} instead.`,
  },
  "parameter-empty": {
    refuses: "Messages or an input without an item.",
    provenance: assumed,
    says: (name: string) => `Invalid '${name}': empty array. Expected an array with minimum length 1.`,
  },
  "parameter-value": {
    refuses: "A role that is none.",
    provenance: assumed,
    says: (value: string, supported: string) => `Invalid value: '${value}'. Supported values are: ${supported}.`,
  },
  "item-type": {
    refuses: "Responses: an input item of a type that is none.",
    provenance: assumed,
    says: (type: string) => `Invalid value: '${type}' is no type of an input item.`,
  },
  "parameter-unknown": {
    refuses: "Responses: a parameter that the API does not have.",
    provenance: reported("anomalyco/opencode#48195"),
    says: (name: string) => `Unknown parameter: '${name}'.`,
  },
  "previous-response": {
    refuses: "Responses: a previous response (none is kept).",
    provenance: assumed,
    says: (id: string) => `Previous response with id '${id}' not found.`,
  },
});
