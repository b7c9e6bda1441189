import type { StreamClient } from "./clients.ts";

/** CPU of this process for some work, in milliseconds. */
export async function cpuMs(work: () => Promise<unknown>): Promise<number> {
  const from = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

/** Reads an answer and makes sure that it came whole. */
export async function readWhole(client: StreamClient, model: string, onFirst?: () => void): Promise<void> {
  const deltas = await client.read(model, onFirst);
  const expected = Number(model.split("-").at(-1));
  if (deltas < expected) throw new Error(`${client.name} gave ${deltas} of ${expected} deltas of ${model}`);
}

/** Measures each client in turn, round after round, so that a slow moment of the machine hits all of them. */
export async function interleaved(
  clients: readonly StreamClient[],
  rounds: number,
  measure: (client: StreamClient) => Promise<number>,
  warmUps = 3,
): Promise<Map<string, number[]>> {
  const figures = new Map<string, number[]>(clients.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const client of clients) {
      const figure = await measure(client);
      if (round >= 0) figures.get(client.name)?.push(figure);
    }
  }
  return figures;
}
