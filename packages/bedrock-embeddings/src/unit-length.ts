/** The vector as 32-bit floats of length 1. A vector of zeros stays as it is. */
export function unitLength(vector: readonly number[]): Float32Array {
  // Plain loops: an index has a hundred million of these figures. Squares of very large or small ones would leave the range of
  // numbers, so that the largest is brought to 1 first.
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest || 1;
  let squares = 0;
  for (const value of vector) squares += (value / scale) ** 2;
  const length = Math.sqrt(squares) || 1;
  const unit = new Float32Array(vector.length);
  for (let index = 0; index < unit.length; index++) unit[index] = (vector[index] ?? 0) / scale / length;
  return unit;
}
