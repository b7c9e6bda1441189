export interface FailoverContext {
  errorMessage: string;
  code?: string;
  status?: number;
}

/** Reasons on which the host's failover decides: wait, rotate credentials, try the next model, or compact. */
export type FailoverReason =
  | "auth"
  | "auth_permanent"
  | "format"
  | "rate_limit"
  | "overloaded"
  | "billing"
  | "timeout"
  | "context_overflow"
  | "model_not_found";
