import { execFileSync } from "node:child_process";

function versionOf(command: string, ...args: string[]): number {
  try {
    const said = execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return Number(/1\.(\d+)\.\d+\s*$/.exec(said)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** An AWS CLI that knows Bedrock is on PATH; its last word is the version of botocore. */
export const awsCli: boolean = versionOf("aws", "--version") >= 35;

/** A Python with a boto3 that knows Bedrock is on PATH. */
export const boto3: boolean = versionOf("python3", "-c", "import boto3; print(boto3.__version__)") >= 35;
