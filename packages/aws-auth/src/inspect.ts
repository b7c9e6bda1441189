/**
 * What `util.inspect` calls, as Node documents it for code that does not load `node:util`.
 * https://nodejs.org/api/util.html#utilinspectcustom
 */
export const INSPECT: unique symbol = Symbol.for("nodejs.util.inspect.custom");
