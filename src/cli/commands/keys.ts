/** `holdfast keys`: who may use the API, and for what. */
import { defineCommandGroup } from '../command.ts';
import { create } from './keys/create.ts';
import { list } from './keys/list.ts';
import { revoke } from './keys/revoke.ts';

export const keys = defineCommandGroup({
  id: 'keys',
  group: 'Look after it',
  summary: 'make, list and revoke keys of the API',
  examples: [
    'holdfast keys create shop --scope score',
    'holdfast keys create dashboard --scope score,read --expires 90d',
    'holdfast keys revoke shop',
  ],
  commands: [create, list, revoke],
});
