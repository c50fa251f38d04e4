import { createApp } from '../../../examples/hono-edge/src/app.ts';
import type { Guest } from './guest.ts';

/**
 * The edge example with a clock that a test moves: `POST /clock` with the milliseconds that it is ahead of the machine's. The
 * time of workerd itself cannot be moved, and the application takes its own as an option.
 */
export function createGuest(): Guest {
  let aheadMs = 0;
  const app = createApp({ now: () => Date.now() + aheadMs, logger: { warn() {} } });
  return {
    async fetch(request, env) {
      if (new URL(request.url).pathname !== '/clock') return app.fetch(request, env);
      aheadMs = Number(await request.text());
      return new Response(null, { status: 204 });
    },
  };
}
