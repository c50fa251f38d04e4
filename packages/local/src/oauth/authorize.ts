import { Hono, type Context as HonoContext } from 'hono';
import { html } from 'hono/html';
import type { Context } from '../context.ts';
import { csrfToken } from '../frontend-api/pages/csrf.ts';
import { readForm } from '../frontend-api/pages/form.ts';
import { renderPage } from '../frontend-api/pages/layout.ts';
import { displayName, findVisitor } from '../frontend-api/pages/visitor.ts';
import type { Row } from '../store/rows.ts';
import { issueCode } from './authorization-code.ts';
import { type AuthorizationRequest, readAsking, readAuthorizationRequest } from './authorization-request.ts';
import { errorUrl, responseUrl } from './authorization-response.ts';
import { needsConsent, rememberConsent } from './consent.ts';
import { renderConsent } from './consent-view.ts';
import { OAuthError } from './oauth-error.ts';
import { type Parameters, readParameters } from './parameters.ts';

/** The authorization endpoint (RFC 6749 section 3.1): who asks, whether the user agrees, and the code. */
export function createAuthorize(context: Context): Hono {
  const app = new Hono();
  const issuer = context.instance.url;

  app.get('/oauth/authorize', (c) =>
    answer(
      context,
      c,
      () => new URL(c.req.url).search,
      async (request, query) => {
        const { session } = await findVisitor(context, c.req);
        if (session === undefined) {
          if (request.prompts.includes('none')) throw new OAuthError('login_required', 'Nobody is signed in.');
          return c.redirect(`/sign-in?redirect_url=${encodeURIComponent(`/oauth/authorize${query}`)}`, 303);
        }
        if (!(await needsConsent(context, request, session.user_id))) return grant(c, request, session);
        if (request.prompts.includes('none')) throw new OAuthError('consent_required', 'The user has to be asked.');
        const name = await displayName(context, session.user_id);
        return c.html(renderConsent(request, { csrf: csrfToken(context, c), name, query }));
      },
    ),
  );

  app.post('/oauth/authorize', async (c) => {
    const form = await readForm(context, c);
    return answer(
      context,
      c,
      () => form.query ?? '',
      async (request, query) => {
        const { session } = await findVisitor(context, c.req);
        if (session === undefined)
          return c.redirect(`/sign-in?redirect_url=${encodeURIComponent(`/oauth/authorize${query}`)}`, 303);
        if (form.decision !== 'allow') throw new OAuthError('access_denied', 'The user refused.');
        await context.transaction((tx) => rememberConsent(tx, request, session.user_id));
        return grant(c, request, session);
      },
    );
  });

  async function grant(c: HonoContext, request: AuthorizationRequest, session: Row<'sessions'>): Promise<Response> {
    const code = await context.transaction((tx) => issueCode(tx, request, session));
    return c.redirect(responseUrl(request, issuer, { code }), 303);
  }

  return app;
}

/**
 * Reads the request, and answers with what `go` makes of it. What is wrong with who asks is shown here; what is wrong with the
 * rest the client is told of.
 */
async function answer(
  context: Context,
  c: HonoContext,
  readQuery: () => string,
  go: (request: AuthorizationRequest, query: string) => Promise<Response>,
): Promise<Response> {
  const query = readQuery();
  let parameters: Parameters;
  let asking: Awaited<ReturnType<typeof readAsking>>;
  try {
    parameters = readParameters(new URLSearchParams(query));
    asking = await readAsking(context, parameters);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return c.html(
      renderPage({
        title: 'This request cannot be answered',
        lead: error.message,
        content: html`<p class="soft">Error: ${error.code}</p>`,
      }),
      400,
    );
  }
  try {
    return await go(readAuthorizationRequest(asking, parameters), query);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return c.redirect(errorUrl(asking, context.instance.url, error), 303);
  }
}
