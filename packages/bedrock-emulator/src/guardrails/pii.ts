/** Kinds of personal information that are found by pattern. */
export type PiiType =
  | "EMAIL"
  | "PHONE"
  | "US_SOCIAL_SECURITY_NUMBER"
  | "CREDIT_DEBIT_CARD_NUMBER"
  | "IP_ADDRESS"
  | "URL"
  | "AWS_ACCESS_KEY";

/** Patterns by kind; the service uses models, so it finds names and addresses too. */
export const piiPatterns: Readonly<Record<PiiType, RegExp>> = {
  EMAIL: /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
  PHONE: /(?<![\w.])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\)|\d{2,4})[ .-]\d{3,4}[ .-]?\d{3,4}(?!\w)/gu,
  US_SOCIAL_SECURITY_NUMBER: /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/gu,
  CREDIT_DEBIT_CARD_NUMBER: /(?<!\d)\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}(?!\d)/gu,
  IP_ADDRESS: /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/gu,
  URL: /https?:\/\/[^\s"'<>]+/gu,
  AWS_ACCESS_KEY: /(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)/gu,
};
