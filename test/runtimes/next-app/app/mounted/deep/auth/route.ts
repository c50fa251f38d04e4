import { describeAuth, readSelection } from '../../../../../../conformance/application.ts';
import { auth } from '../../../../lib/application.ts';

async function showAuth(request: Request): Promise<Response> {
  return Response.json(describeAuth(await auth(readSelection(request.url))));
}

export {
  showAuth as DELETE,
  showAuth as GET,
  showAuth as OPTIONS,
  showAuth as PATCH,
  showAuth as POST,
  showAuth as PUT,
};
