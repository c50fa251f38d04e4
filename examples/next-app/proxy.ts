import { createRouteMatcher } from '@keystile/next';
import { authMiddleware } from './lib/auth';

// What is public is listed: a route that is forgotten here is closed, not open.
const isPublic = createRouteMatcher(['/', '/api/:path*', '/_not-found']);

// The proxy keeps sessions up to date in the browser and turns strangers away early. What counts is checked where the data
// is: see the pages, the action and the route handlers.
export default authMiddleware(async (auth, request) => {
  if (!isPublic(request)) await auth.protect();
});

export const config = {
  // Everything but the application's own scripts, styles and images.
  matcher: ['/((?!_next/static|_next/image|favicon.ico).*)'],
};
