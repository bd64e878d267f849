/** Adam's steps: weights, slopes and both moments in one pass. */
import { addProduct, total } from './lanes';
import {
  firstMoments,
  gradient,
  parameterBytes,
  parameters,
  secondMoments,
  weightBytes,
  word,
} from './mlp-head';

/**
 * One step of Adam against the gradient of a batch whose rows weigh `totalWeight`: gradients are divided by it, weights
 * (not biases) are pulled by alpha / totalWeight. Gives the sum of the squared weights before the step.
 */
export function adam(
  network: usize,
  totalWeight: f32,
  alpha: f32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): f32 {
  const own = word(network, parameters);
  const slopes = word(network, gradient);
  const firsts = word(network, firstMoments);
  const seconds = word(network, secondMoments);
  const pulled = word(network, weightBytes);
  const bytes = word(network, parameterBytes);
  const share = f32x4.splat(1 / totalWeight);
  const pull = f32x4.splat(alpha / totalWeight);
  const step = f32x4.splat(rate);
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const c1 = f32x4.splat(1 - beta1);
  const c2 = f32x4.splat(1 - beta2);
  const little = f32x4.splat(epsilon);
  let squares = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const weight = v128.load(own + at);
    let slope = f32x4.mul(v128.load(slopes + at), share);
    if (at < pulled) {
      slope = addProduct(slope, weight, pull);
      squares = addProduct(squares, weight, weight);
    }
    const first = addProduct(f32x4.mul(c1, slope), b1, v128.load(firsts + at));
    const second = addProduct(f32x4.mul(c2, f32x4.mul(slope, slope)), b2, v128.load(seconds + at));
    v128.store(firsts + at, first);
    v128.store(seconds + at, second);
    const move = f32x4.div(f32x4.mul(step, first), f32x4.add(f32x4.sqrt(second), little));
    v128.store(own + at, f32x4.sub(weight, move));
  }
  return total(squares);
}
