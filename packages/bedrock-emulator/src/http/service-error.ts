import type { Refusal } from "../refusals/refusal-table.ts";

/**
 * Which layer of the service refuses: each writes its error another way.
 * - `bedrock`: `{"message"}`, the exception's name with the Bedrock suffix
 * - `signature`: `{"message"}`, the suffix of the signing layer
 * - `access`: `{"Message"}` with a capital, as identity policies and bearer tokens are refused
 */
export type ErrorLayer = "bedrock" | "signature" | "access";

const statusOf: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  ConflictException: 400,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 400,
  InternalServerException: 500,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelStreamErrorException: 424,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  SerializationException: 400,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
};

/**
 * A refusal as the AWS surfaces of the service answer it. The status follows from the exception's name
 * (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors).
 */
export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly refusal: Refusal;
  readonly type: string;
  readonly status: number;
  readonly layer: ErrorLayer;

  constructor(type: string, refusal: Refusal, layer: ErrorLayer = "bedrock", status: number = statusOf[type] ?? 500) {
    super(refusal.message);
    this.refusal = refusal;
    this.type = type;
    this.status = status;
    this.layer = layer;
  }
}

/** A 400 `ValidationException`. */
export function invalid(refusal: Refusal): ServiceError {
  return new ServiceError("ValidationException", refusal);
}
