import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";
import { AuthFailure } from "../auth/auth-failure.ts";
import { authenticate } from "../auth/authenticate.ts";
import { authServiceError } from "../auth/refuse.ts";
import type { Call } from "../call.ts";
import { lateFailure } from "../converse/converse-stream.ts";
import { sufferBefore } from "../faults/before.ts";
import { cutAfter } from "../faults/cut.ts";
import type { Fault } from "../faults/fault.ts";
import { slowFirstByte } from "../faults/slow-first-byte.ts";
import { IdentityError } from "../identity/identity-error.ts";
import { runIdentityOperation } from "../identity/identity-operation.ts";
import {
  MantleError,
  mantleAuthError,
  mantleFromService,
  sendMantleError,
  sendMessagesError,
} from "../mantle/mantle-error.ts";
import { mantleRefusal } from "../mantle/mantle-refusals.ts";
import { refuseByAccess } from "../models/account-access.ts";
import { runOperation } from "../operations.ts";
import { recordOf } from "../record-request.ts";
import type { RequestRecord } from "../request-record.ts";
import type { EmulatorState } from "../state.ts";
import { addressOf, type OpenAiEndpoint } from "./address.ts";
import { httpRefusal } from "./http-refusals.ts";
import { type Received, receive } from "./received.ts";
import type { Reply } from "./reply.ts";
import { sendServiceError } from "./respond.ts";
import { type Route, routeOf, type Surface, surfaceOf } from "./routes.ts";
import { ServiceError } from "./service-error.ts";

/** Who is told of requests. */
export interface Journal {
  begin(record: RequestRecord): void;
  complete(record: RequestRecord): void;
}

/** Takes a request from the socket to its end, whatever happens on the way. */
export async function handle(
  request: IncomingMessage | Http2ServerRequest,
  reply: Reply,
  state: EmulatorState,
  journal: Journal,
): Promise<void> {
  const hangUp = new AbortController();
  reply.onClose(() => hangUp.abort());
  const began = performance.now();
  let surface: Surface = "runtime";
  let record: RequestRecord | undefined;
  try {
    const received = await receive(request);
    const address = addressOf(received.rawPath, received.headers, state.openAiEndpoint);
    const route = routeOf(received.method, address);
    surface = route?.surface ?? surfaceOf(address.path);
    const made = recordOf(received, route);
    record = made;
    journal.begin(made);
    reply.onClose(() => {
      made.status = reply.status;
      made.durationMs = performance.now() - began;
      journal.complete(made);
    });
    if (received.tooLarge) throw new ServiceError("ValidationException", httpRefusal("body-too-large"), "bedrock", 413);
    refuseBrowsers(received);
    if (route?.surface === "identity") {
      const slow = state.faults.standing(made.operation);
      if (slow?.kind === "latency") await sufferBefore(slow, route, undefined, state, hangUp.signal);
      await runIdentityOperation(received, reply, state, route);
      return;
    }
    const fault = route && state.faults.next(received.headers, route.operation, isModelCall(route));
    const now = new Date(state.clock().getTime() + (fault?.kind === "clock-skew" ? fault.ms : 0));
    if (fault?.kind === "clock-skew") reply.preset("date", now.toUTCString());
    const caller = await authenticate(received, {
      identities: state.identities,
      regions: state.regions,
      services: servicesOf(surface, address.endpoint),
      apiKeyHeader: surface === "messages",
      now,
    });
    made.auth = { kind: caller.kind, ...(caller.accessKeyId !== undefined && { accessKeyId: caller.accessKeyId }) };
    if (!route) throw unknownOperation(received, surface);
    await sufferBefore(fault, route, caller, state, hangUp.signal);
    refuseByAccess(route, caller, state);
    const call: Call = {
      received,
      reply: withFault(reply, fault),
      region: caller.region,
      caller,
      route,
      endpoint: address.endpoint,
      state,
      signal: hangUp.signal,
    };
    await runOperation(call, route, fault);
  } catch (error) {
    if (record) Object.assign(record, refusalOf(error, surface));
    refuse(reply, surface, error);
  } finally {
    if (record) record.status = reply.status;
  }
}

/** Whether the script of faults counts a call. */
function isModelCall(route: Route): boolean {
  return route.surface !== "control" && route.operation !== "ListModels";
}

function withFault(reply: Reply, fault: Fault | undefined): Reply {
  if (fault?.kind === "cut") return cutAfter(reply, fault.afterBytes);
  return fault?.kind === "first-byte" ? slowFirstByte(reply, fault.ms) : reply;
}

/** The names that a signature may be scoped to. */
function servicesOf(surface: Surface, endpoint: OpenAiEndpoint): string[] {
  const mantle = surface === "mantle" || surface === "messages";
  return mantle && endpoint !== "runtime" ? ["bedrock-mantle", "bedrock"] : ["bedrock"];
}

/** A page in a browser could otherwise reach the emulator with the reader's own keys. */
function refuseBrowsers(received: Received): void {
  if (received.headers.origin === undefined) return;
  throw new ServiceError("AccessDeniedException", httpRefusal("browser-origin"), "access");
}

function unknownOperation(received: Received, surface: Surface): Error {
  const request = `${received.method} ${received.rawPath}`;
  if (surface === "mantle" || surface === "messages")
    return new MantleError(404, "not_found", mantleRefusal("mantle-path", request));
  return new ServiceError("UnknownOperationException", httpRefusal("unknown-operation", request));
}

function refuse(reply: Reply, surface: Surface, error: unknown): void {
  if (reply.over) return;
  if (reply.status > 0) {
    if (reply.contentType.includes("eventstream")) reply.end(lateFailure(error));
    else reply.breakOff();
    return;
  }
  if (error instanceof IdentityError) {
    error.send(reply);
    return;
  }
  if (surface === "messages") {
    sendMessagesError(reply, mantleErrorOf(error));
    return;
  }
  if (surface === "mantle") {
    sendMantleError(reply, mantleErrorOf(error));
    return;
  }
  sendServiceError(reply, serviceErrorOf(error));
}

function refusalOf(error: unknown, surface: Surface): Pick<RequestRecord, "refusal" | "refusedBy"> {
  if (error instanceof IdentityError) return { refusal: error.message, refusedBy: error.refusal.ids };
  if (surface === "mantle" || surface === "messages") {
    const { code, message, refusal } = mantleErrorOf(error);
    return { refusal: `${code}: ${message}`, refusedBy: refusal.ids };
  }
  const { type, message, refusal } = serviceErrorOf(error);
  return { refusal: `${type}: ${message}`, refusedBy: refusal.ids };
}

function serviceErrorOf(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof AuthFailure) return authServiceError(error);
  return new ServiceError("InternalServerException", httpRefusal("emulator-failed", error));
}

function mantleErrorOf(error: unknown): MantleError {
  if (error instanceof MantleError) return error;
  if (error instanceof AuthFailure) return mantleAuthError(error);
  return mantleFromService(serviceErrorOf(error));
}
