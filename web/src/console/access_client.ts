// The requests of the administrators' pages.
import {get, post} from '../api/client';

export interface User {
  account: string;
  name: string;
  role: string;
  enabled: boolean;
  created_at: string;
  password_at: string;
}
/** A line of GET /audit. */
export interface AuditEvent {
  at: string;
  account: string;
  role: string;
  action: string;
  customer: string;
  subject: string;
  outcome: string;
  address: string;
}
export interface AuditWish {
  account: string;
  action: string;
  customer: string;
}

const user_path = (account: string, what = '') => `/users/${encodeURIComponent(account)}${what}`;

/** Not every user is one that this installation knows itself: `sign_in` is false where nobody signs in. */
export const users = (stop?: AbortSignal) => get<{sign_in: boolean; users: User[]}>('/users', stop);
export const add_user = (account: string, name: string, role: string, password: string) => post<User>(user_path(account), {name, role, password});
export const set_role = (account: string, role: string) => post<User>(user_path(account, '/role'), {role});
export const set_password = (account: string, password: string) => post<User>(user_path(account, '/password'), {password});
export const set_enabled = (account: string, enabled: boolean) => post<User>(user_path(account, enabled ? '/enable' : '/disable'), {});

export const audit = (wish: AuditWish, limit: number, stop?: AbortSignal) =>
  get<{events: AuditEvent[]}>(`/audit?${new URLSearchParams({...wish, limit: String(limit)})}`, stop);
