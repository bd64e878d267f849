/**
 * Compiles the kernels: `npm run kernels`. One AssemblyScript source, two builds, each written as a module that holds
 * the bytes; a test compiles again and compares.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each build may use beyond plain WebAssembly. */
export const kernelBuilds = { strict: ['simd'], relaxed: ['simd', 'relaxed-simd'] } as const;
export type BuildName = keyof typeof kernelBuilds;

/** The bytes of a build, the same for the same sources and compiler. */
export async function compileKernels(build: BuildName): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    [
      ...['src/kernels/assembly/kernels.ts', '--baseDir', root, '--outFile', 'kernels.wasm'],
      // Constants stand before the first address that memory is handed out from (kernels/arena.ts).
      ...[
        '--runtime',
        'stub',
        '--memoryBase',
        '64',
        '--importMemory',
        '--initialMemory',
        '1',
        '--maximumMemory',
        '65536',
      ],
      ...['-O3', '--converge', '--noAssert', '--disableWarning', '112'],
      ...kernelBuilds[build].flatMap((feature) => ['--enable', feature]),
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm') && typeof contents !== 'string') binary = contents;
      },
    },
  );
  if (error || !binary) throw new Error(`the kernels do not compile: ${stderr.toString()}`, { cause: error });
  return binary;
}

export const compiledModule = (build: BuildName, bytes: Uint8Array): string =>
  [
    `/** The ${build} build of the kernels, written by \`npm run kernels\`. */`,
    `export const ${build}Kernels =`,
    `  '${Buffer.from(bytes).toString('base64')}';`,
    '',
  ].join('\n');

export const compiledPath = (build: BuildName): URL =>
  new URL(`../src/kernels/compiled/${build}.ts`, import.meta.url);

if (import.meta.main) {
  for (const build of Object.keys(kernelBuilds) as BuildName[]) {
    const bytes = await compileKernels(build);
    writeFileSync(compiledPath(build), compiledModule(build, bytes));
    console.log(`${build}: ${bytes.length} bytes`);
  }
}
