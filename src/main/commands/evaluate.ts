export async function evaluate(): Promise<void> {}
