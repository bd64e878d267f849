/** `holdfast models`: the registered versions, and which of them answers. */
import { defineCommandGroup } from '../command.ts';
import { alias } from './models/alias.ts';
import { approve } from './models/approve.ts';
import { compare } from './models/compare.ts';
import { describe } from './models/describe.ts';
import { exportCommand } from './models/export.ts';
import { history } from './models/history.ts';
import { importCommand } from './models/import.ts';
import { list } from './models/list.ts';
import { promote } from './models/promote.ts';
import { register } from './models/register.ts';
import { replay } from './models/replay.ts';
import { rollback } from './models/rollback.ts';
import { show } from './models/show.ts';
import { stage } from './models/stage.ts';
import { verify } from './models/verify.ts';

export const models = defineCommandGroup({
  id: 'models',
  group: 'Look after it',
  summary: 'versions of models: which one answers, since when and why',
  examples: ['holdfast models list', 'holdfast models promote telco@3', 'holdfast models rollback telco'],
  commands: [
    list,
    show,
    promote,
    rollback,
    approve,
    alias,
    stage,
    describe,
    history,
    compare,
    register,
    exportCommand,
    importCommand,
    verify,
    replay,
  ],
});
