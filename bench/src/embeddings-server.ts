// A process of its own that answers InvokeModel of embedding models after 50 ms, with bodies encoded ahead.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const LATENCY_MS = 50;

const vector = (dimensions: number): string =>
  `[${Array.from({ length: dimensions }, (_, n) => (Math.sin(n + 1) / 30).toFixed(9)).join(",")}]`;
const vectors = new Map([256, 512, 1024, 1536].map((dimensions) => [dimensions, vector(dimensions)]));
const list = (count: number, dimensions: number): string => Array(count).fill(vectors.get(dimensions)).join(",");

function answerTo(model: string, body: Record<string, unknown>): string {
  const texts = Array.isArray(body["texts"]) ? body["texts"].length : 1;
  if (model.includes("cohere.embed-v4"))
    return `{"embeddings":{"float":[${list(texts, Number(body["output_dimension"] ?? 1536))}]}}`;
  if (model.includes("cohere")) return `{"embeddings":[${list(texts, 1024)}]}`;
  if (model.includes("nova")) return `{"embeddings":[{"embeddingType":"TEXT","embedding":${list(1, 1024)}}]}`;
  if (model.includes("marengo-embed-2")) return `{"data":[{"embedding":${list(1, 1024)}}]}`;
  if (model.includes("marengo")) return `{"data":[{"embedding":${list(1, 512)}}]}`;
  const dimensions = model.includes("text-v1") ? 1536 : 1024;
  return `{"embedding":${list(1, dimensions)},"inputTextTokenCount":12}`;
}

const server = createServer(async (request, response) => {
  const began = performance.now();
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const answer = answerTo(decodeURIComponent(request.url?.split("/")[2] ?? ""), JSON.parse(body));
  setTimeout(
    () => {
      response.writeHead(200, { "content-type": "application/json", "x-amzn-bedrock-input-token-count": "12" });
      response.end(answer);
    },
    Math.max(0, LATENCY_MS - (performance.now() - began)),
  );
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
