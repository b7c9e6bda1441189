type Container = Record<string, unknown> | unknown[];

/** What the parser expects next. */
type Expecting = "value" | "key-or-end" | "key" | "colon" | "value-or-end" | "comma-or-end" | "nothing";

const WHITESPACE = " \t\n\r";
const [QUOTE, BACKSLASH, SPACE] = [0x22, 0x5c, 0x20];

/** Of a number or a literal: letters, digits, `+`, `-`, `.`. */
function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x2b
  );
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const LITERALS: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };

/**
 * Reads JSON that arrives in pieces. `value` is usable at any time: objects and arrays that are open, strings as far as
 * they came; numbers and literals appear when they are whole. It is one live tree, changed in place, and each piece costs
 * only its own length.
 *
 * It never throws: at the first character that is not JSON it stops reading, and `value` stays as it was. Whether the
 * whole text is JSON is for `JSON.parse` to say.
 */
export class PartialJson {
  #root: unknown;
  readonly #open: Container[] = [];
  readonly #keys: string[] = [];
  #expecting: Expecting = "value";
  /** The text of the string being read; `undefined` outside strings. */
  #string: string | undefined;
  #stringIsKey = false;
  #escape = "";
  /** The number or literal being read. */
  #word = "";
  #broken = false;

  /** The JSON so far; undefined before its first character. */
  get value(): unknown {
    return this.#root;
  }

  push(piece: string): void {
    for (let at = 0; at < piece.length && !this.#broken; ) {
      at = this.#string === undefined ? this.#outside(piece, at) : this.#inside(piece, at);
    }
    if (this.#string !== undefined && !this.#stringIsKey) this.#put(this.#string);
  }

  /** Reads on within a string; gives the index to go on from. */
  #inside(piece: string, at: number): number {
    if (this.#escape !== "") return this.#insideEscape(piece, at);
    let end = at;
    let code = piece.charCodeAt(end);
    while (end < piece.length && code !== QUOTE && code !== BACKSLASH && code >= SPACE) code = piece.charCodeAt(++end);
    this.#string += piece.slice(at, end);
    if (end === piece.length) return end;
    if (code === BACKSLASH) this.#escape = "\\";
    else if (code === QUOTE) this.#endString();
    else this.#broken = true;
    return end + 1;
  }

  #insideEscape(piece: string, at: number): number {
    const character = piece[at] ?? "";
    if (this.#escape === "\\" && character !== "u") {
      const meant = SIMPLE_ESCAPES[character];
      if (meant === undefined) this.#broken = true;
      this.#string += meant ?? "";
      this.#escape = "";
      return at + 1;
    }
    this.#escape += character;
    if (this.#escape.length < 6) return at + 1;
    const code = Number.parseInt(this.#escape.slice(2), 16);
    if (/^\\u[0-9a-fA-F]{4}$/u.test(this.#escape)) this.#string += String.fromCharCode(code);
    else this.#broken = true;
    this.#escape = "";
    return at + 1;
  }

  #endString(): void {
    const text = this.#string ?? "";
    this.#string = undefined;
    if (this.#stringIsKey) {
      this.#keys[this.#open.length - 1] = text;
      this.#expecting = "colon";
    } else {
      this.#put(text);
      this.#afterValue();
    }
  }

  #outside(piece: string, at: number): number {
    let end = at;
    while (end < piece.length && isWordCharacter(piece.charCodeAt(end))) end++;
    if (end > at) {
      if (this.#expecting === "value" || this.#expecting === "value-or-end") this.#word += piece.slice(at, end);
      else this.#broken = true;
      return end;
    }
    if (this.#word !== "") this.#endWord();
    const character = piece[at] ?? "";
    if (!WHITESPACE.includes(character)) this.#punctuation(character);
    return at + 1;
  }

  #endWord(): void {
    const word = this.#word;
    this.#word = "";
    const value = Object.hasOwn(LITERALS, word)
      ? LITERALS[word]
      : /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u.test(word)
        ? Number(word)
        : undefined;
    if (value === undefined) this.#broken = true;
    else {
      this.#put(value);
      this.#afterValue();
    }
  }

  #punctuation(character: string): void {
    const expecting = this.#expecting;
    const value = expecting === "value" || expecting === "value-or-end";
    const key = expecting === "key" || expecting === "key-or-end";
    if (character === '"' && (value || key)) {
      this.#string = "";
      this.#stringIsKey = key;
    } else if (character === "{" && value) this.#enter({}, "key-or-end");
    else if (character === "[" && value) this.#enter([], "value-or-end");
    else if (character === ":" && expecting === "colon") this.#expecting = "value";
    else if (character === "," && expecting === "comma-or-end") this.#nextMember();
    else if (character === "}" && (expecting === "key-or-end" || expecting === "comma-or-end")) this.#leave(false);
    else if (character === "]" && (expecting === "value-or-end" || expecting === "comma-or-end")) this.#leave(true);
    else this.#broken = true;
  }

  #enter(container: Container, expecting: Expecting): void {
    this.#put(container);
    this.#open.push(container);
    this.#keys.push("");
    this.#expecting = expecting;
  }

  #nextMember(): void {
    const container = this.#open.at(-1);
    if (Array.isArray(container)) this.#keys[this.#open.length - 1] = String(container.length);
    this.#expecting = Array.isArray(container) ? "value" : "key";
  }

  #leave(array: boolean): void {
    if (Array.isArray(this.#open.at(-1)) !== array) {
      this.#broken = true;
      return;
    }
    this.#open.pop();
    this.#keys.pop();
    this.#afterValue();
  }

  #afterValue(): void {
    this.#expecting = this.#open.length === 0 ? "nothing" : "comma-or-end";
  }

  /** Puts a value at its place; a growing string is put there again and again. */
  #put(value: unknown): void {
    const container = this.#open.at(-1);
    if (container === undefined) this.#root = value;
    else if (Array.isArray(container)) container[Number(this.#keys.at(-1))] = value;
    else {
      // As JSON.parse does: "__proto__" is a key like any other.
      Object.defineProperty(container, this.#keys.at(-1) ?? "", {
        value,
        writable: true,
        enumerable: true,
        configurable: true,
      });
    }
  }
}
