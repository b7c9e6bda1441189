export function print(what: string, figure: number): void {
  console.log(`${what.padEnd(46)} ${Number.isInteger(figure) ? figure : figure.toFixed(3)}`);
}
