import { fs } from "../file-system.ts";
import { os } from "../operating-system.ts";

/**
 * Where a machine says which it is, the surest first: the instance id of EC2 on Nitro and as cloud-init keeps it, then the id
 * that the operating system was given at its first start.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/identify_ec2_instances.html
 */
const PLACES = [
  "/sys/devices/virtual/dmi/id/board_asset_tag",
  "/var/lib/cloud/data/instance-id",
  "/etc/machine-id",
] as const;

/** A name for this machine or container that lasts; the host name where nothing else tells. */
export function machineId(read: (path: string) => string = (path) => fs.readFileSync(path, "utf8")): string {
  const told = PLACES.map((path) => {
    try {
      return read(path).trim();
    } catch {
      return "";
    }
  });
  const [tag = "", ...others] = told;
  // Elsewhere the tag is whatever the maker of the board left.
  const instance = tag.startsWith("i-") ? tag : "";
  return [instance || others.find(Boolean) || "", os().hostname()].join("/");
}
