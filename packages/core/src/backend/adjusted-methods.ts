/** Sends the request of a line of the operation table. */
export type CallMethod = (name: string, ...args: readonly unknown[]) => Promise<unknown>;

export type Method = (...args: readonly unknown[]) => Promise<unknown>;
export type Methods = Readonly<Record<string, Method>>;

type Values = Readonly<Record<string, unknown>>;

/** The methods that are more than the one request of their line in the operation table, by resource. */
export const ADJUSTED_METHODS: Readonly<Record<string, (call: CallMethod) => Methods>> = {
  organizations: (call) => ({
    /** The path takes an id or a slug. */
    getOrganization: async (params, options) => {
      const { slug, ...rest } = (params ?? {}) as Values;
      return call('getOrganization', slug === undefined ? rest : { ...rest, organizationId: slug }, options);
    },
  }),

  sessions: (call) => ({
    /** Two operations of the contract, told apart by whether a template is named. */
    getToken: async (sessionId, template, ...rest) =>
      template === undefined
        ? call('getToken', sessionId, ...rest)
        : call('getTokenFromTemplate', sessionId, template, ...rest),
  }),

  users: (call) => ({
    /** The list comes without its total, which is asked for at the same time. */
    getUserList: async (params, options) => {
      const { limit, offset, orderBy, ...filters } = (params ?? {}) as Values;
      const [data, totalCount] = await Promise.all([
        call('getUserList', params, options),
        call('getCount', filters, options),
      ]);
      return { data, totalCount };
    },
    /** Both `google` and `oauth_google` are understood. */
    getUserOauthAccessToken: async (userId, provider, ...rest) => {
      const isBare = typeof provider === 'string' && provider.trim() !== '' && !provider.startsWith('oauth_');
      return call('getUserOauthAccessToken', userId, isBare ? `oauth_${provider}` : provider, ...rest);
    },
  }),
};
