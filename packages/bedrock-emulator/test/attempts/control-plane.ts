import type { controlRefusal } from "../../src/control-plane/control-refusals.ts";
import type { IdsOf } from "../../src/refusals/tables.ts";
import { attempt, haiku, type RefusalAttempt } from "./attempt.ts";

const get = (path: string, status: number, message: RegExp) => attempt(path, {}, status, message);

export const controlAttempts: Record<IdsOf<typeof controlRefusal>, readonly RefusalAttempt[]> = {
  "list-filter": [
    get(
      "/foundation-models?byInferenceType=INFERENCE_PROFILE",
      400,
      /at 'byInferenceType' .*\[ON_DEMAND, PROVISIONED\]/,
    ),
    get("/foundation-models?byOutputModality=VIDEO", 400, /at 'byOutputModality'/),
  ],
  "foundation-model-arn": [get("/foundation-models/arn:aws:s3:::bucket", 400, /identifier is invalid/)],
  "foundation-model-missing": [
    get("/foundation-models/no.such-model", 404, /Could not resolve the foundation model/),
    get(`/foundation-models/arn:aws:bedrock:eu-west-1::foundation-model%2F${haiku}`, 404, /Could not resolve/),
  ],
  "availability-id": [
    get(`/foundation-model-availability/arn:aws:bedrock:us-east-1::foundation-model%2F${haiku}`, 400, /at 'modelId'/),
  ],
  "availability-model": [get("/foundation-model-availability/no.such-model", 400, /identifier is invalid/)],
  "profile-type": [get("/inference-profiles?type=OTHER", 400, /'OTHER' at 'typeEquals'/)],
  "page-size": [
    get("/inference-profiles?maxResults=0", 400, /greater than or equal to 1/),
    get("/inference-profiles?maxResults=1001", 400, /less than or equal to 1000/),
    get("/inference-profiles?maxResults=x", 400, /'x' at 'maxResults'/),
  ],
  "page-token": [
    get("/inference-profiles?nextToken=x", 400, /pagination token is invalid/),
    get("/imported-models?nextToken=x", 400, /pagination token is invalid/),
  ],
  "own-status": [
    get("/provisioned-model-throughputs?statusEquals=Ready", 400, /'Ready' at 'statusEquals' .*InService/),
    get("/model-customization/custom-model-deployments?statusEquals=InService", 400, /\[Creating, Active, Failed\]/),
  ],
  "router-type": [get("/prompt-routers?type=other", 400, /'other' at 'type'/)],
  "profile-id": [get("/inference-profiles/no%20such", 400, /at 'inferenceProfileIdentifier'/)],
  "guardrail-parameter": [
    get("/guardrails/Not%20an%20id", 400, /at 'guardrailIdentifier'/),
    get("/guardrails/emulatorgrd1?guardrailVersion=0", 400, /at 'guardrailVersion'/),
  ],
  "guardrail-absent": [
    get("/guardrails/nosuchguardrail", 404, /guardrail was not found: arn:aws:bedrock:us-east-1:123456789012:/),
    get("/guardrails/emulatorgrd1?guardrailVersion=9", 404, /guardrail was not found/),
    get("/guardrails/arn:aws:bedrock:eu-west-1:123456789012:guardrail%2Femulatorgrd1", 404, /was not found/),
  ],
  "guardrail-of-another-account": [
    get("/guardrails/arn:aws:bedrock:us-east-1:210987654321:guardrail%2Femulatorgrd1", 403, /no resource-based policy/),
  ],
  "profile-missing": [get("/inference-profiles/us.no.such", 404, /inference profile was not found/)],
};
