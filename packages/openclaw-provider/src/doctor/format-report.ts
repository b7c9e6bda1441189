import { styleText } from "node:util";
import { formatDiagnosis } from "@clawrock/aws-auth";
import { usd } from "./probe-model.ts";
import type { AccessReport, DoctorReport, GuardrailReport, ListReport, Permission, ProbeReport } from "./report.ts";

type Style = Parameters<typeof styleText>[0];

const STATES: Readonly<Record<Permission["state"], { mark: string; style: Style }>> = {
  allowed: { mark: "✓", style: "green" },
  denied: { mark: "✗", style: "red" },
  unknown: { mark: "?", style: "yellow" },
};

/** The report for people: a section for each thing examined, what to do last. Colours where the terminal has them. */
export function formatReport(report: DoctorReport): string {
  const { plugin, aws, bedrock, mantle, guardrail, probe, permissions, problems } = report;
  const host = plugin.host ?? "of unknown version";
  return [
    heading("Amazon Bedrock for OpenClaw"),
    row("Plugin", `${plugin.version}, made for OpenClaw ${plugin.madeFor}; this is OpenClaw ${host}`),
    ...(aws
      ? [
          "",
          heading("AWS"),
          ...formatDiagnosis({ ...aws, problems: [] })
            .split("\n")
            .slice(0, -1)
            .map(indent),
        ]
      : []),
    ...(bedrock ? ["", heading("Models of Amazon Bedrock"), ...listLines(bedrock)] : []),
    ...(mantle ? ["", heading("Models of Bedrock Mantle"), ...listLines(mantle, bedrock)] : []),
    ...(guardrail ? ["", heading("Guardrail"), ...guardrailLines(guardrail)] : []),
    ...(probe ? ["", heading("Probe"), ...probeLines(probe)] : []),
    "",
    heading("Permissions"),
    ...permissions.map(permissionLine),
    "",
    ...(problems.length === 0
      ? [styleText("green", "✓ No problem was found.")]
      : [styleText("red", `✗ ${problems.length} problem${problems.length > 1 ? "s" : ""}`)]),
    ...problems.map(({ area, message }) => indent(`${styleText("bold", area)}: ${message}`)),
  ].join("\n");
}

function listLines(list: ListReport, other?: ListReport): string[] {
  const { enabled, why, region, credentials, models, priceUnknown, access, hidden, warnings } = list;
  const count = models === undefined ? "not listed" : `${models} to choose from`;
  return [
    row("Shown", `${enabled ? "yes" : "no"}: ${why}`),
    row("Region", region ?? "unknown"),
    ...(other && other.credentials !== credentials ? [row("Credentials", credentials)] : []),
    row("Models", count),
    ...(priceUnknown.length > 0
      ? [row("Price unknown", `${shown(priceUnknown)}; OpenClaw shows no cost for them`)]
      : []),
    ...(access ? accessLines(access) : []),
    ...hidden.map(({ reason, count: left, example }, at) =>
      row(at === 0 ? "Left out" : "", `${left} ${reason}, as ${example}`),
    ),
    ...warnings.map((warning) => row(styleText("yellow", "Warning"), warning)),
  ];
}

function accessLines({ granted, notGranted, unknown, detail }: AccessReport): string[] {
  const parts = [
    `${granted} granted`,
    ...(notGranted.length > 0 ? [`${notGranted.length} not (${shown(notGranted)})`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  return [row("Access", parts.join(", ")), ...(detail ? [row("", detail)] : [])];
}

function guardrailLines({ identifier, version, name, state, detail }: GuardrailReport): string[] {
  const called = name !== undefined && name !== identifier ? ` (${name})` : "";
  return [
    row("Applied", `${identifier}${called}, version ${version}, to every turn of Converse`),
    row("State", state === "unknown" ? "not looked up" : state),
    ...(detail ? [row("", detail)] : []),
  ];
}

function probeLines({ provider, model, via, guarded, ok, answer, costUsd, firstTokenMs }: ProbeReport): string[] {
  const sent = row("Model", `${provider}/${model}${via ? ` by ${via}` : ""}${guarded ? ", with the guardrail" : ""}`);
  if (!ok) return [sent, row("Failed", answer)];
  return [
    sent,
    row("Answer", answer === "" ? "no words within its tokens" : JSON.stringify(answer)),
    row("First token", firstTokenMs === undefined ? "none" : `after ${firstTokenMs} ms`),
    row("Cost", costUsd === undefined ? "price unknown" : usd(costUsd)),
  ];
}

function permissionLine({ action, state, evidence }: Permission): string {
  const { mark, style } = STATES[state];
  return indent(`${styleText(style, `${mark} ${state.padEnd(8)}`)}${action.padEnd(38)} ${styleText("dim", evidence)}`);
}

function shown(ids: readonly string[]): string {
  const few = ids.slice(0, 3).join(", ");
  return ids.length > 3 ? `${few} and ${ids.length - 3} more` : few;
}

function heading(text: string): string {
  return styleText("bold", text);
}

function row(name: string, text: string): string {
  return indent(`${name.padEnd(13)} ${text}`);
}

function indent(line: string): string {
  return `  ${line}`;
}
