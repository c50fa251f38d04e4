/** What shortcodes can name: `user.first_name`, `user.public_metadata.team`, `org.slug`. */
export type ShortcodeValues = Readonly<Record<string, unknown>>;

/** Metadata of these kinds is never for tokens. */
const secretMembers = new Set(['private_metadata']);

/**
 * Fills in the shortcodes of a template's claims. A string that is nothing but a shortcode takes the value with its type;
 * within other text it takes the value as text. What is not known is null, or `''` within text; `{{a || b || 'text'}}`
 * takes the first that is known.
 */
export function resolveShortcodes(claims: unknown, values: ShortcodeValues): unknown {
  if (typeof claims === 'string') return resolveText(claims, values);
  if (Array.isArray(claims)) return claims.map((element) => resolveShortcodes(element, values));
  if (typeof claims === 'object' && claims !== null) {
    return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, resolveShortcodes(value, values)]));
  }
  return claims;
}

function resolveText(text: string, values: ShortcodeValues): unknown {
  const whole = /^\s*\{\{([^{}]*)\}\}\s*$/.exec(text);
  if (whole !== null) return resolveExpression(whole[1] ?? '', values);
  return text.replaceAll(/\{\{([^{}]*)\}\}/g, (_, expression: string) => {
    const value = resolveExpression(expression, values);
    return value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

function resolveExpression(expression: string, values: ShortcodeValues): unknown {
  for (const operand of expression.split('||')) {
    const quoted = /^\s*(?:'([^']*)'|"([^"]*)")\s*$/.exec(operand);
    if (quoted !== null) return quoted[1] ?? quoted[2];
    const value = lookUp(operand.trim().split('.'), values);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return null;
}

function lookUp(path: readonly string[], values: ShortcodeValues): unknown {
  let value: unknown = values;
  for (const name of path) {
    if (secretMembers.has(name)) return undefined;
    // Own members only: `user.constructor` is no shortcode.
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
