/** The compiled kernels in the sources are what their sources compile to. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  type BuildName,
  compiledModule,
  compiledPath,
  compileKernels,
  kernelBuilds,
} from './build-kernels.ts';

for (const build of Object.keys(kernelBuilds) as BuildName[]) {
  test(`kernels, ${build}: the bytes in the sources are those of a rebuild; else run npm run kernels`, async () => {
    assert.equal(
      readFileSync(compiledPath(build), 'utf8'),
      compiledModule(build, await compileKernels(build)),
    );
  });
}
