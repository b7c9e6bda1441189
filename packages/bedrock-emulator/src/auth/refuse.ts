import { ServiceError } from "../http/service-error.ts";
import type { AuthFailure } from "./auth-failure.ts";

/** How the AWS surfaces word a refused caller. */
export function authServiceError(failure: AuthFailure): ServiceError {
  switch (failure.kind) {
    case "missing":
      return new ServiceError("MissingAuthenticationTokenException", failure.refusal, "signature");
    case "malformed":
      return new ServiceError("IncompleteSignatureException", failure.refusal, "signature");
    case "unknown-key":
    case "session-token":
      return new ServiceError("UnrecognizedClientException", failure.refusal, "signature");
    case "expired":
      return new ServiceError("ExpiredTokenException", failure.refusal, "signature");
    case "clock":
    case "signature":
    case "service":
    case "region":
      return new ServiceError("InvalidSignatureException", failure.refusal, "signature");
    case "bearer":
    case "bearer-expired":
      return new ServiceError("AccessDeniedException", failure.refusal, "access");
  }
}
