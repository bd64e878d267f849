import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutFolders } from './without-folders.ts';

const inside = { projectFolder: '/srv/my churn', root: '/srv/my churn/.holdfast' };
const elsewhere = { projectFolder: '/srv/my churn', root: '/data/w' };

for (const [text, place, shown] of [
  ['looked in /srv/my churn/.holdfast/artifacts)', inside, 'looked in .holdfast/artifacts)'],
  ['/srv/my churn/.holdfast', inside, '.holdfast'],
  ['/srv/my churn/a.csv: not there; see /srv/my churn', inside, 'a.csv: not there; see .'],
  ['(looked in /data/w/artifacts/models)', elsewhere, '(looked in HOLDFAST_HOME/artifacts/models)'],
  ['/data/words and /mnt/data/w', elsewhere, '/data/words and /mnt/data/w'],
  ['1/2 of the rows', { projectFolder: '/', root: '/.holdfast' }, '1/2 of the rows'],
] as const) {
  test(`a job's text hides folders: ${text}`, () => assert.equal(withoutFolders(text, place), shown));
}
