/** Where a worker's file is: TypeScript when this runs unbuilt, JavaScript in the published package. */
export function moduleUrl(path: `./${string}.ts`, base: string): URL {
  return new URL(base.endsWith('.ts') ? path : path.replace(/\.ts$/, '.js'), base);
}
