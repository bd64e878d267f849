/** `holdfast models compare FIRST SECOND`: the same as `holdfast compare`. */
import { defineCommand } from '../../command.ts';
import { compare as compareCommand } from '../compare.ts';

export const compare = defineCommand({
  ...compareCommand,
  group: 'Look after it',
  examples: [
    'holdfast models compare champion challenger',
    'holdfast models compare telco@2 telco@3 --data customers.csv',
  ],
});
