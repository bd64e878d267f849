/** The rows that a tree of a forest is grown from. */
import { drawBelow } from './draws';
import { countAt, itemBytes, rowAt } from './forest-item';
// biome-ignore lint/style/useImportType: AssemblyScript has no imports of types
import { Plan } from './forest-plan';

/** Draws as many rows as there are, with repetition. */
export function forestDraw(address: usize): void {
  const plan = changetype<Plan>(address);
  const draws = <usize>plan.draws;
  const rows = plan.rows;
  memory.fill(draws, 0, rows);
  for (let i: u32 = 0; i < rows; i++) {
    const at = draws + <usize>drawBelow(rows);
    store<u8>(at, load<u8>(at) + 1);
  }
}

/** Makes an item of each row that was drawn and weighs something; returns how many there are. */
export function forestItems(address: usize, isWhole: bool): u32 {
  const plan = changetype<Plan>(address);
  return isWhole ? fillItems<i32>(plan) : fillItems<f64>(plan);
}

function fillItems<T>(plan: Plan): u32 {
  const weights = <usize>plan.weights;
  let to = <usize>plan.items;
  for (let row: u32 = 0; row < plan.rows; row++) {
    const drawn = <f64>load<u8>(<usize>plan.draws + row);
    const weight = weights ? drawn * load<f64>(weights + ((<usize>row) << 3)) : drawn;
    const churned = weight * <f64>load<u8>(<usize>plan.labels + row);
    store<T>(to, <T>(weight - churned));
    store<T>(to + sizeof<T>(), <T>churned);
    store<u32>(to + rowAt<T>(), row);
    store<u32>(to + countAt<T>(), 1);
    // Who weighs nothing is written over: a step that nobody can foresee costs more than a store.
    to += select<usize>(itemBytes<T>(), 0, weight !== 0);
  }
  return <u32>((to - <usize>plan.items) / itemBytes<T>());
}
