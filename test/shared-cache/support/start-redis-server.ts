import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../support/free-port.ts';

/** Whether a Redis can be started here. */
export const HAS_REDIS_SERVER = spawnSync('redis-server', ['--version']).status === 0;

/** A real Redis in memory, on a free port of this machine. */
export async function startRedisServer() {
  const port = await freePort();
  const redis = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  for await (const chunk of redis.stdout) if (`${chunk}`.includes('Ready to accept connections')) break;
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop(): Promise<void> {
      redis.kill('SIGKILL');
      if (redis.exitCode === null && redis.signalCode === null) await once(redis, 'exit');
    },
  };
}
