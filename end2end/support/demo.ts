import { rmSync } from 'node:fs';

import { demo, folder, Server } from './servers.ts';

/** Makes the demo hospital once, before all tests; each server then starts from a copy of it. */
export default async function makeDemo(): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  const server = await Server.start(demo);
  await server.stop();
}
