import type { HttpAuthScheme, HttpSigner, Identity } from "@smithy/types";
import { isRefusal } from "./refusal.ts";

/** What an SDK client lets its extensions change about authentication. */
interface AuthExtensionPoint {
  httpAuthSchemes(): HttpAuthScheme[];
  setHttpAuthScheme(scheme: HttpAuthScheme): void;
}

/** An extension as the option `extensions` of every AWS SDK client takes it. */
export interface ClientExtension {
  configure(client: AuthExtensionPoint): void;
}

/** Where a request finds who it is, and tells that this one was refused. */
export interface RenewableIdentity {
  current(): Promise<Identity>;
  refuse(identity: Identity): void;
  isSame(one: Identity, other: Identity): boolean;
}

/** What is known of one call over all its attempts. */
interface Call {
  used?: Identity;
  /** Set once per call: there is one retry for a refusal, no more. */
  refusal?: { readonly error: Error; readonly identity: Identity };
}

/**
 * Makes every client that carries it renew once: where the service refuses who asked, the identity is resolved anew and the
 * call is tried once more under it, by the client's own retry strategy (so not with `maxAttempts: 1`). Where nothing newer is to be
 * had, the service's error is thrown as it is; where the resolution fails, its error, which says what to do.
 */
export function renewOnce(identities: ReadonlyMap<string, RenewableIdentity>): ClientExtension {
  return {
    configure(client) {
      for (const scheme of client.httpAuthSchemes().slice()) {
        const identity = identities.get(scheme.schemeId);
        if (identity) client.setHttpAuthScheme({ ...scheme, signer: renewingSigner(scheme.signer, identity) });
      }
    },
  };
}

function renewingSigner(signer: HttpSigner, identity: RenewableIdentity): HttpSigner {
  // All attempts of a call get the same property bag.
  const calls = new WeakMap<object, Call>();
  return {
    async sign(request, _resolvedForFirstAttempt, properties) {
      const call = calls.get(properties) ?? {};
      calls.set(properties, call);
      const current = await identity.current();
      const { refusal } = call;
      if (refusal && call.used === refusal.identity && identity.isSame(current, refusal.identity)) {
        throw withRetryable(refusal.error, false);
      }
      call.used = current;
      return signer.sign(request, current, properties);
    },
    errorHandler: (properties) => (error) => {
      const call = calls.get(properties);
      if (call?.used && !call.refusal && isRefusal(error)) {
        call.refusal = { error, identity: call.used };
        identity.refuse(call.used);
        withRetryable(error, true);
      }
      const inner = signer.errorHandler?.(properties);
      if (inner) return inner(error);
      throw error;
    },
    successHandler: (response, properties) => signer.successHandler?.(response, properties),
  };
}

/** The SDK retries what carries `$retryable`. */
function withRetryable(error: Error, retryable: boolean): Error {
  return Object.assign(error, { $retryable: retryable ? {} : undefined });
}
