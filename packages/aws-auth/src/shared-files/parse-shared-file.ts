/** Settings of one section; those of a nested block (`services` sections have them) are named `block.setting`. */
export type Section = ReadonlyMap<string, string>;

/** Sections by title, as the SDK names them: `default`, `profile.work`, `sso-session.corp`, `services.local`. */
export type SharedFile = ReadonlyMap<string, Section>;

/**
 * Reads the text of an AWS shared configuration or credentials file as the AWS SDK does: comments begin with `#` or `;` at
 * the start of a line or after a blank, a setting without a value opens a block, indented settings below belong to it.
 *
 * The SDK's own reader is asynchronous, and a region must be known without waiting; a test compares the two.
 * https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
export function parseSharedFile(text: string): SharedFile {
  const file = new Map<string, Map<string, string>>();
  let section: string | undefined;
  let block: string | undefined;
  for (const line of text.split(/\r?\n/u)) {
    const content = withoutComment(line).trim();
    if (content.startsWith("[") && content.endsWith("]")) {
      section = title(content.slice(1, -1));
      block = undefined;
      continue;
    }
    const equals = content.indexOf("=");
    if (section === undefined || equals < 1) continue;
    const name = content.slice(0, equals).trim();
    const value = content.slice(equals + 1).trim();
    if (value === "") {
      block = name;
      continue;
    }
    if (!/^\s/u.test(line)) block = undefined;
    const settings = file.get(section) ?? new Map<string, string>();
    file.set(section, settings.set(block === undefined ? name : `${block}.${name}`, value));
  }
  return file;
}

function withoutComment(line: string): string {
  const start = line.search(/(?:^|\s)[;#]/u);
  return start === -1 ? line : line.slice(0, start);
}

/** `profile "work"` is `profile.work`; a prefix that is no kind of section opens none. */
function title(header: string): string | undefined {
  const prefixed = /^(?<prefix>[\w-]+)\s(?<quote>["']?)(?<name>[\w@+.%:/-]+)\k<quote>$/u.exec(header);
  if (!prefixed?.groups) return header;
  const { prefix, name } = prefixed.groups;
  return prefix === "profile" || prefix === "sso-session" || prefix === "services" ? `${prefix}.${name}` : undefined;
}
