/** Every kind of business whose customers can be made. A new one is a file beside this and a line here. */
import { bank } from './bank.ts';
import type { GeneratorDefinition } from './model.ts';
import { retail } from './retail.ts';
import { subscription } from './subscription.ts';

export const allGenerators: readonly GeneratorDefinition[] = [subscription, retail, bank];
