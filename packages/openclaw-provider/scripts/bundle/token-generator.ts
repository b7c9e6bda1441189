import type { Plugin } from "rolldown";

/**
 * Reads `@aws/bedrock-token-generator`, compiled to CommonJS, as the ES modules it was written in. By `require` it would bring a
 * second copy of half the AWS SDK.
 */
export function tokenGenerator(): Plugin {
  return {
    name: "token-generator",
    transform: {
      filter: { id: /bedrock-token-generator\/dist\// },
      handler(code) {
        const module = code
          .replaceAll(/^(?:exports\.\w+ = )+void 0;$/gmu, "")
          .replaceAll(/^Object\.defineProperty\(exports, "__esModule", .*$/gmu, "")
          .replaceAll(/^(?:const|var) (\w+) = require\("([^"]+)"\);$/gmu, 'import * as $1 from "$2";')
          .replaceAll(
            /^Object\.defineProperty\(exports, "(\w+)", .* return ([\w.]+); \} \}\);$/gmu,
            "export const $1 = $2;",
          )
          .replaceAll(/^exports\.(\w+) = \1;$/gmu, "export { $1 };");
        if (/\b(?:require\(|exports\.)/u.test(module)) throw new Error("The token generator is compiled in a new way");
        return module;
      },
    },
  };
}
