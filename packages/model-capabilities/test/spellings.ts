/** Every way to write one model: bare, vendor-less, profiled, dotted, as an ARN, prefixed by a host, in capitals. */
export function spellingsOf(vendor: string, name: string): readonly string[] {
  const bare = `${vendor}.${name}`;
  const dotted = `${vendor}.${name.replace(/-([0-9])-([0-9])(?=-|$)/, "-$1.$2")}`;
  const geographies = ["us", "eu", "ap", "apac", "au", "jp", "in", "ca", "sa", "us-gov", "global"];
  const profiles = geographies.map((geography) => `${geography}.${bare}`);
  return [
    bare,
    name,
    dotted,
    `us.${dotted}`,
    ...profiles,
    `arn:aws:bedrock:us-east-1::foundation-model/${bare}`,
    `arn:aws:bedrock:::foundation-model/${bare}`,
    `arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:inference-profile/us-gov.${bare}`,
    `arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.${bare}`,
    `arn:aws:bedrock:us-east-1:123456789012:custom-model/${bare}/abcdef123456`,
    `amazon-bedrock/us.${bare}`,
    `bedrock/${bare}`,
    `aws-bedrock/${bare}`,
    `amazon-bedrock-mantle/${bare}`,
    bare.toUpperCase(),
    ` ${bare} `,
  ];
}
