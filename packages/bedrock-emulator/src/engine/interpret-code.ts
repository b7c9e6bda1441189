/** The product, sum, difference or quotient that a text asks for, as the code interpreter is given it and as it prints it. */
export function arithmeticIn(text: string): { readonly snippet: string; readonly printed: string } | undefined {
  const [, left = "", operator = "", right = ""] =
    /(-?\d+(?:\.\d+)?)\s*([-+*/×])\s*(-?\d+(?:\.\d+)?)/u.exec(text) ?? [];
  if (operator === "") return undefined;
  const [a, b] = [Number(left), Number(right)];
  const value = operator === "+" ? a + b : operator === "-" ? a - b : operator === "/" ? a / b : a * b;
  return { snippet: `${left} ${operator.replace("×", "*")} ${right}`, printed: String(value) };
}
