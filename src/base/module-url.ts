/**
 * Where a module is that another thread or process runs: TypeScript when this runs unbuilt, JavaScript in the
 * published package. The compiler rewrites the paths of imports, but not those of addresses.
 */
export function moduleUrl(path: `./${string}.ts`, base: string): URL {
  return new URL(base.endsWith('.ts') ? path : path.replace(/\.ts$/, '.js'), base);
}
