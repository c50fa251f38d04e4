// The guest as a worker. The setup is a binding; workerd itself tells its port.
import { createGuest } from 'keystile:guest';

let guest;

export default {
  fetch(request, env, context) {
    guest ??= createGuest(JSON.parse(env.KEYSTILE_TEST_SETUP));
    return guest.fetch(request, env, context);
  },
};
