import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, cpSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** Where the servers of a run keep their data and their logs. */
export const folder = fileURLToPath(new URL('../../target/end2end', import.meta.url));

/** The demo hospital as it is on its first day; every server starts from a copy. */
export const demo = `${folder}/demo`;

/** The program under test. */
export function binary(): string {
  const path = process.env['KOKOROE_BIN'];
  if (!path) throw new Error('KOKOROE_BIN does not say where the program is; `make check-browser` sets it.');
  return path;
}

/** A running Kokoroe with a data folder of its own. */
export class Server {
  private constructor(
    private readonly program: ChildProcess,
    /** Where it answers, without a slash at the end. */
    readonly url: string,
    /** Its data folder. */
    readonly data: string,
    private readonly logFile: string,
    /** What asks it to stop. */
    private readonly stopSign: NodeJS.Signals,
  ) {}

  /** Starts on a new copy of the demo hospital. `name` is unique in the run. */
  static async onDemoCopy(name: string, port?: number): Promise<Server> {
    const data = `${folder}/${name}`;
    rmSync(data, { recursive: true, force: true });
    cpSync(demo, data, { recursive: true });
    return Server.start(data, port);
  }

  /** Starts on this data folder and waits until it is ready. */
  static async start(data: string, port?: number): Promise<Server> {
    return Server.run(['serve', '--demo', '--data', data], data, { ready: '/readyz', stopSign: 'SIGTERM', port });
  }

  /** Shows a folder of content to its author, without data and without anybody signed in. `name` is unique in the run. */
  static async preview(content: string, name: string): Promise<Server> {
    // Its author ends it with Ctrl-C.
    return Server.run(['preview', '--dir', content], `${folder}/${name}`, { ready: '/revision', stopSign: 'SIGINT' });
  }

  private static async run(
    command: string[],
    data: string,
    { ready, stopSign, port }: { ready: string; stopSign: NodeJS.Signals; port?: number | undefined },
  ): Promise<Server> {
    await mkdir(folder, { recursive: true });
    const logFile = `${data}.log`;
    const log = openSync(logFile, 'w');
    const listen = `127.0.0.1:${port ?? (await freePort())}`;
    const program = spawn(binary(), [...command, '--listen', listen], { stdio: ['ignore', log, log] });
    closeSync(log);
    // `localhost` as in the README: browsers keep `Secure` cookies there without TLS.
    const server = new Server(program, `http://${listen.replace('127.0.0.1', 'localhost')}`, data, logFile, stopSign);
    await server.ready(`http://${listen}${ready}`);
    return server;
  }

  /** What it has written on its console so far, such as who can sign in as what. */
  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  /** Asks it to stop and waits until it has; a stop that is not graceful is a fault. */
  async stop(): Promise<void> {
    if (this.ended()) throw new Error(`The server had stopped by itself.\n${this.log()}`);
    const ended = new Promise<void>((resolve) => this.program.once('exit', () => resolve()));
    this.program.kill(this.stopSign);
    const impatience = setTimeout(() => this.program.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(impatience);
    if (this.program.exitCode !== 0) {
      throw new Error(`The server stopped with ${this.program.exitCode ?? this.program.signalCode}.\n${this.log()}`);
    }
  }

  private ended(): boolean {
    return this.program.exitCode !== null || this.program.signalCode !== null;
  }

  /** The first start makes the demo hospital, which takes longer than any later one. */
  private async ready(url: string): Promise<void> {
    let failed: unknown;
    this.program.once('error', (error) => (failed = error));
    for (const end = Date.now() + 120_000; Date.now() < end; ) {
      if (failed) throw new Error(`The server does not start: ${String(failed)}`);
      if (this.ended()) throw new Error(`The server stopped before it was ready.\n${this.log()}`);
      const answer = await fetch(url).catch(() => undefined);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.program.kill('SIGKILL');
    throw new Error(`The server was not ready after two minutes.\n${this.log()}`);
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
