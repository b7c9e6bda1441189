export type { RuntimeSdk } from "./client-pool.ts";
export { type Converse, type ConverseOptions, createConverse, type StreamOptions } from "./converse.ts";
export type { TokenCount } from "./count-tokens.ts";
export { CONVERSE_CHANNEL, type DiagnosticListener } from "./diagnostics/call-diagnostics.ts";
export type { CallLog } from "./diagnostics/debug-log.ts";
export type { ConverseDiagnostic, DiagnosticBase, DiagnosticDetail } from "./diagnostics/events.ts";
export { type ReadModelOptions, readModel } from "./model/read-model.ts";
export { type ResolveModelOptions, resolveModel } from "./model/resolve-model.ts";
export { type RepairedTranscript, type RepairOptions, repairTranscript } from "./repair/repair-transcript.ts";
export { buildRequest } from "./request/build-request.ts";
export { type Frame, FrameDecoder } from "./stream/frame-decoder.ts";
export type {
  BuiltRequest,
  ConverseRequest,
  OptionChange,
  RequestChange,
  ResolvedModel,
  ResponseFormat,
  SystemContent,
  ToolChoice,
  TranscriptChange,
  TranscriptChangeKind,
} from "./types.ts";
