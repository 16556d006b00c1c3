/** The module's bytes as base64. */
export function compileKernels(): Promise<string>;
