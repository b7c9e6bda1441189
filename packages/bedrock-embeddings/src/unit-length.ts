/** The vector as 32-bit floats of length 1. A vector of zeros stays as it is. */
export function unitLength(vector: readonly number[]): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(vector, (value) => value / length);
}
