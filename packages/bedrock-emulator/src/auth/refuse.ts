import { ServiceError } from "../http/service-error.ts";
import type { AuthFailure } from "./auth-failure.ts";

/** How the AWS surfaces word a refused caller. */
export function authServiceError(failure: AuthFailure): ServiceError {
  switch (failure.kind) {
    case "missing":
      return new ServiceError("MissingAuthenticationTokenException", failure.message, "signature");
    case "malformed":
      return new ServiceError("IncompleteSignatureException", failure.message, "signature");
    case "unknown-key":
    case "session-token":
      return new ServiceError("UnrecognizedClientException", failure.message, "signature");
    case "expired":
      return new ServiceError("ExpiredTokenException", failure.message, "signature");
    case "clock":
    case "signature":
    case "service":
    case "region":
      return new ServiceError("InvalidSignatureException", failure.message, "signature");
    case "bearer":
    case "bearer-expired":
      return new ServiceError("AccessDeniedException", failure.message, "access");
  }
}
