/** The vector as 32-bit floats of length 1. A vector of zeros stays as it is. */
export function unitLength(vector: readonly number[]): Float32Array {
  // Squares of very large or small values would leave the range of numbers.
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest || 1;
  let squares = 0;
  for (const value of vector) squares += (value / scale) ** 2;
  const length = Math.sqrt(squares) || 1;
  return Float32Array.from(vector, (value) => value / scale / length);
}
