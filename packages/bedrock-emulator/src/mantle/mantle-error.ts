import type { AuthFailure } from "../auth/auth-failure.ts";
import { authRefusal } from "../auth/auth-refusals.ts";
import type { Reply } from "../http/reply.ts";
import { sendJson } from "../http/respond.ts";
import type { ServiceError } from "../http/service-error.ts";
import type { Refusal } from "../refusals/refusal-table.ts";

/** A refusal in the shape of OpenAI's API. */
export class MantleError extends Error {
  override readonly name = "MantleError";
  readonly refusal: Refusal;
  readonly status: number;
  readonly code: string;
  readonly param: string | null;

  constructor(status: number, code: string, refusal: Refusal, param: string | null = null) {
    super(refusal.message);
    this.refusal = refusal;
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/** A 400 `validation_error`. */
export function mantleInvalid(refusal: Refusal, param: string | null = null): MantleError {
  return new MantleError(400, "validation_error", refusal, param);
}

export function mantleAuthError(failure: AuthFailure): MantleError {
  const bearer = failure.kind === "bearer" || failure.kind === "bearer-expired" || failure.kind === "missing";
  return new MantleError(401, "invalid_api_key", bearer ? authRefusal("mantle-api-key") : failure.refusal);
}

const codes: Readonly<Record<number, string>> = {
  403: "access_denied",
  404: "model_not_found",
  429: "rate_limit_exceeded",
};

/** A refusal that another surface words, such as a fault. */
export function mantleFromService(error: ServiceError): MantleError {
  const code = codes[error.status] ?? (error.status >= 500 ? "server_error" : "validation_error");
  return new MantleError(error.status, code, error.refusal);
}

export function sendMantleError(reply: Reply, error: MantleError): void {
  const type =
    error.status === 429 ? "rate_limit_error" : error.status >= 500 ? "server_error" : "invalid_request_error";
  sendJson(reply, error.status, {
    error: { code: error.code, message: error.message, param: error.param, type },
  });
}

const messagesTypes: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  503: "overloaded_error",
};

/** The same refusal in the shape of Anthropic's Messages API. */
export function sendMessagesError(reply: Reply, error: MantleError): void {
  sendJson(reply, error.status, {
    type: "error",
    error: { type: messagesTypes[error.status] ?? "api_error", message: error.message },
  });
}
