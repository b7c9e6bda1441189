/** The vector as 32-bit floats of length 1. A vector of zeros stays as it is. */
export function unitLength(vector: readonly number[]): Float32Array {
  const squares = sumOfSquares(vector, 1);
  // Squares of very large or very small figures leave the range of numbers; then the largest figure is brought to 1 first.
  const inRange = squares > 1e-200 && squares < 1e200;
  const scale = inRange ? 1 : largest(vector) || 1;
  const length = Math.sqrt(inRange ? squares : sumOfSquares(vector, scale)) || 1;
  const unit = new Float32Array(vector.length);
  for (let index = 0; index < unit.length; index++) unit[index] = (vector[index] ?? 0) / scale / length;
  return unit;
}

function sumOfSquares(vector: readonly number[], scale: number): number {
  let sum = 0;
  for (const value of vector) sum += (value / scale) * (value / scale);
  return sum;
}

function largest(vector: readonly number[]): number {
  let most = 0;
  for (const value of vector) most = Math.max(most, Math.abs(value));
  return most;
}
