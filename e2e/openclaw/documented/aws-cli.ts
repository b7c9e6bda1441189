import { createServer } from "node:http";
import { type Ran, run } from "../lib/processes.ts";
import type { Entry, Outcome } from "./entry.ts";

/** The role, the instance profile and their places, as the page's walk-through makes them. */
const SHELL = `aws iam create-role --role-name EC2-Bedrock-Access \\
  --assume-role-policy-document '{
    "Version": "2012-10-17",
    "Statement": [{
      "Effect": "Allow",
      "Principal": {"Service": "ec2.amazonaws.com"},
      "Action": "sts:AssumeRole"
    }]
  }'

aws iam attach-role-policy --role-name EC2-Bedrock-Access \\
  --policy-arn arn:aws:iam::aws:policy/AmazonBedrockFullAccess

aws iam create-instance-profile --instance-profile-name EC2-Bedrock-Access
aws iam add-role-to-instance-profile \\
  --instance-profile-name EC2-Bedrock-Access \\
  --role-name EC2-Bedrock-Access

aws ec2 associate-iam-instance-profile \\
  --instance-id i-xxxxx \\
  --iam-instance-profile Name=EC2-Bedrock-Access`;

const ACTIONS = [
  "CreateRole",
  "AttachRolePolicy",
  "CreateInstanceProfile",
  "AddRoleToInstanceProfile",
  "AssociateIamInstanceProfile",
];

/** Checked for syntax only: the AWS CLI reads them, and what it would send stays on this machine. */
export const awsCli: Entry = {
  title: "The role of an EC2 instance, with the AWS CLI",
  page: "Amazon Bedrock",
  shell: SHELL,
  async attempt(): Promise<Outcome> {
    if (!(await knowsBedrock()))
      return { verdict: "skipped", seen: ["No AWS CLI that knows Bedrock is on this machine."] };
    const sent = await sentBy(SHELL);
    const missing = ACTIONS.filter((action) => !sent.includes(action));
    if (missing.length > 0) throw new Error(`the AWS CLI did not send ${missing.join(", ")}, but ${sent.join(", ")}`);
    return {
      verdict: "works as written",
      seen: [`Syntax only: the AWS CLI takes each command and would send \`${ACTIONS.join("`, `")}\`.`],
    };
  },
};

async function knowsBedrock(): Promise<boolean> {
  try {
    return (
      (await aws("aws bedrock list-foundation-models --generate-cli-skeleton input", "http://127.0.0.1:9")).code === 0
    );
  } catch {
    return false;
  }
}

/** The actions the AWS CLI sends for a script, to a server of ours that says yes to everything. */
async function sentBy(script: string): Promise<readonly string[]> {
  const actions: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const action = new URLSearchParams(body).get("Action") ?? "none";
      actions.push(action);
      response.setHeader("content-type", "text/xml").end(`<${action}Response><${action}Result/></${action}Response>`);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  try {
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const ran = await aws(script, `http://127.0.0.1:${port}`);
    if (ran.code !== 0) throw new Error(`the AWS CLI does not take it: ${ran.stderr}`);
    return actions;
  } finally {
    server.close();
  }
}

function aws(script: string, endpoint: string): Promise<Ran> {
  return run("bash", ["-e", "-c", script], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "none",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ENDPOINT_URL: endpoint,
      AWS_PAGER: "",
    },
    timeoutMs: 240_000,
  });
}
