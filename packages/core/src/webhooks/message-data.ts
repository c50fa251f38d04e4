/** An e-mail that the instance has sent, or has asked the application to send (`email.created`). */
export interface EmailJSON {
  readonly object: 'email';
  readonly id: string;
  readonly slug?: string | null;
  readonly from_email_name: string;
  readonly reply_to_email_name?: string | null;
  readonly to_email_address?: string;
  readonly email_address_id: string | null;
  readonly user_id?: string | null;
  readonly subject?: string;
  readonly body?: string;
  readonly body_plain?: string | null;
  readonly status?: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  /** false: the application delivers it. */
  readonly delivered_by_clerk: boolean;
}

/** A text message that the instance has sent, or has asked the application to send (`sms.created`). */
export interface SMSMessageJSON {
  readonly object: 'sms_message';
  readonly id: string;
  readonly slug?: string | null;
  readonly from_phone_number: string;
  readonly to_phone_number: string;
  readonly phone_number_id: string | null;
  readonly user_id?: string | null;
  readonly message: string;
  readonly status: string;
  readonly data?: Readonly<Record<string, unknown>> | null;
  /** false: the application delivers it. */
  readonly delivered_by_clerk: boolean;
}
