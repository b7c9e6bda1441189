import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type AwsSession, awsSession } from "@clawrock/aws-auth";

export interface ReceivedApply {
  readonly path: string;
  readonly authorization: string;
  readonly body: {
    readonly source: string;
    readonly outputScope?: string;
    readonly content: readonly { readonly text?: { readonly text: string; readonly qualifiers?: string[] } }[];
  };
}

export interface ApplyServer {
  readonly aws: AwsSession;
  readonly requests: ReceivedApply[];
  readonly open: () => number;
  readonly mostAtOnce: () => number;
  readonly [Symbol.asyncDispose]: () => Promise<void>;
}

/** A server on a free port that takes ApplyGuardrail and answers as told. */
export async function applyServer(
  answer: (request: ReceivedApply, response: ServerResponse) => void,
): Promise<ApplyServer> {
  const requests: ReceivedApply[] = [];
  let open = 0;
  let most = 0;
  const server = createServer(async (incoming, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on("close", () => {
      open -= 1;
    });
    let body = "";
    for await (const chunk of incoming.setEncoding("utf8")) body += chunk;
    const request = {
      path: incoming.url ?? "",
      authorization: incoming.headers.authorization ?? "",
      body: JSON.parse(body),
    };
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const aws = awsSession({
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "not-a-secret" },
    endpoints: { "bedrock-runtime": `http://127.0.0.1:${port}` },
    env: { AWS_REGION: "us-east-1" },
  });
  return {
    aws,
    requests,
    open: () => open,
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: async () => {
      aws.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function send(response: ServerResponse, body: unknown, status = 200, type?: string): void {
  response.writeHead(status, { "content-type": "application/json", ...(type && { "x-amzn-errortype": type }) });
  response.end(JSON.stringify(body));
}

/** The text to be judged of a request: the last one. */
export function judgedText({ body }: ReceivedApply): string {
  return body.content.at(-1)?.text?.text ?? "";
}

const usage = { topicPolicyUnits: 1, wordPolicyUnits: 1, contentPolicyImageUnits: null };
export const passed: object = { action: "NONE", outputs: [], assessments: [{ topicPolicy: null }], usage };
