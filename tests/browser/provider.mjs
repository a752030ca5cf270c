// A real OpenID Connect provider (npm: oidc-provider) on this machine, with people who sign in without a page of its own.
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

// `people`: name of a person -> the acr that the provider says about the way they were asked. Who signs in next is `person`.
export async function openProvider({ clientSecret, returnAddress, people, algorithm = 'RS256' }) {
  const server = createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'hanjari', client_secret: clientSecret, redirect_uris: [returnAddress], response_types: ['code'], grant_types: ['authorization_code'],
      id_token_signed_response_alg: algorithm,
    }],
    pkce: { required: () => true, methods: ['S256'] },
    acrValues: [...new Set(Object.values(people))],
    features: { devInteractions: { enabled: false } },
    jwks: { keys: await makeKeys() },
    cookies: { keys: ['of the tests only'] },
    findAccount: (context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  });
  const desk = { issuer, person: Object.keys(people)[0], refuses: false, close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
  const answer = provider.callback();
  server.on('request', async (request, response) => {
    if (!request.url.startsWith('/interaction/')) return answer(request, response);
    if (desk.refuses) return provider.interactionFinished(request, response, { error: 'access_denied' });
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') {
      return provider.interactionFinished(request, response, { login: { accountId: desk.person, acr: people[desk.person], remember: false } });
    }
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope('openid');
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
  });
  return desk;
}

// An RSA and an elliptic key, new for every run.
async function makeKeys() {
  const { generateKeyPairSync } = await import('node:crypto');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return [{ ...rsa, use: 'sig', kid: 'rsa' }, { ...elliptic, use: 'sig', kid: 'elliptic' }];
}
