import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { HoldfastError } from '../base/errors.ts';
import { openWorkspace, probeWorkspace } from './workspace.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'holdfast-workspace-')));
after(() => rmSync(root, { recursive: true }));
const project = join(root, 'my project');
const deep = join(project, 'a', 'b');
mkdirSync(deep, { recursive: true });
writeFileSync(join(project, 'holdfast.yaml'), 'version: 1\n');
mkdirSync(join(deep, 'holdfast.yaml'));

describe('workspace', () => {
  it('lies beside the nearest project file upward; a folder of that name is none', () => {
    for (const cwd of [project, deep]) {
      assert.deepEqual(openWorkspace({ cwd, env: {} }), {
        root: join(project, '.holdfast'),
        modelFolder: join(project, '.holdfast', 'artifacts', 'models'),
        projectFolder: project,
        projectFile: join(project, 'holdfast.yaml'),
        cwd,
      });
    }
  });

  it('lies in the working directory when there is no project file above', () => {
    const workspace = openWorkspace({ cwd: root, env: { HOLDFAST_HOME: '' } });
    assert.equal(workspace.root, join(root, '.holdfast'));
    assert.equal(workspace.projectFile, null);
    assert.equal(existsSync(workspace.root), false);
  });

  it('HOLDFAST_HOME names it outright, relative to the working directory', () => {
    assert.equal(openWorkspace({ cwd: project, env: { HOLDFAST_HOME: 'kept' } }).root, join(project, 'kept'));
    const { root: home, projectFolder } = openWorkspace({ cwd: project, env: { HOLDFAST_HOME: root } });
    assert.equal(home, root);
    assert.equal(projectFolder, project);
  });

  it('a probe leaves nothing behind, and fails with a code where nothing can be written', async () => {
    const workspace = openWorkspace({ cwd: project, env: { HOLDFAST_HOME: 'probed' } });
    assert.equal(await probeWorkspace(workspace), workspace.root);
    assert.deepEqual(readdirSync(workspace.root), []);
    if (process.platform !== 'win32') assert.equal(statSync(workspace.root).mode & 0o777, 0o700);
    const broken = openWorkspace({ cwd: project, env: { HOLDFAST_HOME: 'holdfast.yaml/x' } });
    await assert.rejects(
      probeWorkspace(broken),
      (error) => error instanceof HoldfastError && error.code === 'workspace.unwritable',
    );
  });
});
