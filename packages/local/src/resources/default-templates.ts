/** A template as the instance ships it. */
export interface DefaultTemplate {
  readonly type: 'email' | 'sms';
  readonly slug: string;
  readonly name: string;
  readonly subject: string;
  readonly body: string;
  /** Variables that the body must keep. */
  readonly required: readonly string[];
  readonly available: readonly string[];
}

const common = ['app.name', 'app.url'];

/** What is sent, by its slug. The order is the position. */
export const defaultTemplates: readonly DefaultTemplate[] = [
  {
    type: 'email',
    slug: 'verification_code',
    name: 'Verification code',
    subject: '{{otp_code}} is your verification code',
    body: 'Your verification code is {{otp_code}}. It is valid for ten minutes.',
    required: ['otp_code'],
    available: [...common, 'otp_code', 'requested_at'],
  },
  {
    type: 'email',
    slug: 'reset_password_code',
    name: 'Reset password code',
    subject: '{{otp_code}} is your reset password code',
    body: 'Your reset password code is {{otp_code}}. It is valid for ten minutes.',
    required: ['otp_code'],
    available: [...common, 'otp_code', 'requested_at'],
  },
  {
    type: 'email',
    slug: 'magic_link_sign_in',
    name: 'Sign-in link',
    subject: 'Sign in to {{app.name}}',
    body: 'Sign in: {{magic_link}}',
    required: ['magic_link'],
    available: [...common, 'magic_link', 'ttl_minutes'],
  },
  {
    type: 'email',
    slug: 'invitation',
    name: 'Invitation',
    subject: 'You are invited to {{app.name}}',
    body: 'You are invited to sign up: {{action_url}}',
    required: ['action_url'],
    available: [...common, 'action_url', 'inviter_name', 'invitation.expires_in_days'],
  },
  {
    type: 'email',
    slug: 'waitlist_invitation',
    name: 'Waitlist invitation',
    subject: 'Your turn: join {{app.name}}',
    body: 'You can sign up now: {{action_url}}',
    required: ['action_url'],
    available: [...common, 'action_url'],
  },
  {
    type: 'email',
    slug: 'waitlist_confirmation',
    name: 'Waitlist confirmation',
    subject: 'You are on the waitlist of {{app.name}}',
    body: 'Thank you for joining the waitlist of {{app.name}}.',
    required: [],
    available: common,
  },
  {
    type: 'email',
    slug: 'organization_invitation',
    name: 'Organization invitation',
    subject: 'You are invited to join {{org.name}}',
    body: 'You are invited to join {{org.name}}. Accept the invitation: {{action_url}}',
    required: ['action_url'],
    available: [...common, 'org.name', 'action_url', 'inviter_name'],
  },
  {
    type: 'email',
    slug: 'organization_invitation_accepted',
    name: 'Organization invitation accepted',
    subject: '{{email_address}} joined {{org.name}}',
    body: '{{email_address}} has accepted the invitation to {{org.name}}.',
    required: [],
    available: [...common, 'org.name', 'email_address'],
  },
  {
    type: 'email',
    slug: 'password_changed',
    name: 'Password changed',
    subject: 'Your password has been changed',
    body: 'The password of {{primary_email_address}} has been changed.',
    required: [],
    available: [...common, 'greeting_name', 'primary_email_address'],
  },
  {
    type: 'email',
    slug: 'primary_email_address_changed',
    name: 'Primary email address changed',
    subject: 'Your primary email address has been changed',
    body: 'Your primary email address is {{new_email_address}} now.',
    required: [],
    available: [...common, 'new_email_address'],
  },
  {
    type: 'sms',
    slug: 'verification_code',
    name: 'Verification code',
    subject: '',
    body: '{{otp_code}} is your verification code for {{app.name}}.',
    required: ['otp_code'],
    available: [...common, 'otp_code'],
  },
  {
    type: 'sms',
    slug: 'reset_password_code',
    name: 'Reset password code',
    subject: '',
    body: '{{otp_code}} is your reset password code for {{app.name}}.',
    required: ['otp_code'],
    available: [...common, 'otp_code'],
  },
  {
    type: 'sms',
    slug: 'invitation',
    name: 'Invitation',
    subject: '',
    body: 'You are invited to {{app.name}}: {{action_url}}',
    required: [],
    available: [...common, 'action_url'],
  },
];
