// The mock server's users, and the record of what people did.
export function access_api({answer, problem, body_of, world, account}) {
  const ago = days => new Date(world.now - days * 864e5).toISOString();
  const user = (name, account_name, role, more = {}) => ({account: account_name, name, role, enabled: true, created_at: ago(90), password_at: ago(30), ...more});
  const users = [user('Ana Peeters', 'ana', 'admin'), user('Ben Claes', 'ben', 'agent'), user('Eva Smets', 'eva@halden.example', 'lead', {enabled: false})];
  const [amira] = world.people;
  const event = (minutes, who, role, action, more = {}) => ({at: new Date(world.now - minutes * 6e4).toISOString(), account: who, role, action, customer: '', subject: '', outcome: 'done', address: '10.0.0.7', ...more});
  const events = [
    event(2, 'ben', 'agent', 'look', {customer: amira.id}), event(5, 'ana', 'admin', 'user role', {subject: 'ben'}), event(9, 'ben', 'agent', 'audit', {outcome: 'refused'}),
    event(20, 'eva@halden.example', 'lead', 'merge', {customer: amira.id}), event(45, 'eve', '', 'sign-in', {outcome: 'too many attempts', address: '203.0.113.9'}),
    ...Array.from({length: 150}, (_, at) => event(60 + at, 'ben', 'agent', 'search')),
  ];
  const note = (action, subject) => events.unshift(event(0, account(), 'admin', action, {subject, at: new Date().toISOString()}));

  return (request, response, path, query) => {
    if (path === '/audit') {
      const wanted = ['account', 'action', 'customer'].filter(name => query.get(name));
      answer(response, {events: events.filter(each => wanted.every(name => each[name] === query.get(name))).slice(0, Number(query.get('limit') ?? 100))});
      return true;
    }
    if (path === '/users') {
      answer(response, {sign_in: true, users: [...users].sort((a, b) => (a.account < b.account ? -1 : 1))});
      return true;
    }
    const [, name, change] = /^\/users\/([^/]+)(?:\/(role|password|disable|enable))?$/.exec(path) ?? [];
    if (!name) return false;
    void body_of(request).then(({name: full = '', role, password}) => {
      const id = decodeURIComponent(name);
      const known = users.find(each => each.account === id);
      if (password !== undefined && [...password].length < 10) return problem(response, 400, 'Bad request', 'a password has at least 10 characters');
      if (!change && known) return problem(response, 409, 'Conflict', `there is a user ${id} already`);
      if (change && !known) return problem(response, 404, 'Not found', `there is no user ${id}`);
      if (!change) users.push(user(full, id, role, {created_at: new Date().toISOString(), password_at: new Date().toISOString()}));
      else Object.assign(known, change === 'role' ? {role} : change === 'password' ? {password_at: new Date().toISOString()} : {enabled: change === 'enable'});
      note(`user ${change ?? 'add'}`, id);
      return answer(response, users.find(each => each.account === id));
    });
    return true;
  };
}
