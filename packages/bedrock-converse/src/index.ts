export { type Converse, type ConverseOptions, createConverse, type StreamOptions } from "./converse.ts";
export { type ReadModelOptions, readModel } from "./model/read-model.ts";
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
