// A real OpenID provider on loopback, whose users are who they say they are: the name before the dash decides the role.
import {createServer} from 'node:http';
import {generateKeyPairSync} from 'node:crypto';
import Provider from 'oidc-provider';

const k_groups = {it: ['it'], desk: ['desk'], guest: []};

function key(kid, alg) {
  const pair = alg === 'ES256' ? generateKeyPairSync('ec', {namedCurve: 'P-256'}) : generateKeyPairSync('rsa', {modulusLength: 2048});
  return {...pair.privateKey.export({format: 'jwk'}), kid, alg, use: 'sig'};
}

/** Listens before it knows its client: each needs the other's address. */
export async function start_provider() {
  let callback = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => callback(request, response));
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const clients = {};
  /** `in_token`: the claims stand in the ID token; otherwise only /userinfo tells. */
  const configure = ({redirect_uri = clients.redirect_uri, alg = 'RS256', kid = 'k1', in_token = true}) => {
    clients.redirect_uri = redirect_uri;
    const provider = new Provider(issuer, {
      clients: [{client_id: 'touchline', client_secret: 'the secret of the client, which is long', redirect_uris: [redirect_uri], id_token_signed_response_alg: alg}],
      jwks: {keys: [key(kid, alg)]},
      scopes: ['openid', 'profile', 'email', 'groups'],
      claims: {openid: ['sub'], profile: ['name'], email: ['email'], groups: ['groups']},
      conformIdTokenClaims: !in_token,
      pkce: {required: () => true},
      enabledJWA: {idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256']},
      cookies: {keys: ['only for this test']},
      findAccount: (_, id) => ({
        accountId: id,
        claims: () => ({sub: id, name: `${id} of Halden`, email: `${id}@halden.example`, groups: k_groups[id.split('-')[0]] ?? []}),
      }),
    });
    callback = provider.callback();
  };
  return {issuer, configure, stop: () => (server.closeAllConnections(), server.close())};
}
