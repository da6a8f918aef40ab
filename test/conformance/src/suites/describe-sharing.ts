// Who may use what: seen by its owner, by the one it is shared with, and by everybody.
import {
  type ResourceBody,
  type ShareableType,
  type Sharing,
  shareableTypes,
} from '@cloud-gateway/contracts';
import { expect } from 'chai';
import type { CloudUnderTest, Examined, TestAccount } from '../cloud-under-test.ts';
import { createMaker } from '../create-maker.ts';
import { codeOf, inListing, listed, open, patience, shown, targetOf, writing } from '../session.ts';

const nobody: Sharing = { public: false, accounts: [] };
const everybody: Sharing = { public: true, accounts: [] };

export function describeSharing(examined: Examined): void {
  describe('sharing', () => {
    for (const type of shareableTypes) describeSharingOf(examined, type);
  });
}

function describeSharingOf(examined: Examined, type: ShareableType): void {
  describe(type, () => {
    let stranger: TestAccount;
    beforeEach(function () {
      const other = examined().stranger;
      if (other === undefined) this.skip();
      else stranger = other;
    });

    async function made(sharing: Sharing): Promise<ResourceBody> {
      const body = (await createMaker(examined()).make(type)) as ResourceBody;
      if (sharing !== nobody) await open(examined()).share(type, body.cloudId, sharing, patience());
      return body;
    }
    const sharedWithStranger = () => ({ public: false, accounts: [stranger.cloudAccountId] });
    const asStranger = (body: ResourceBody) => inListing(examined(), body, open(examined(), stranger));

    it('is nobody else’s at first', async () => {
      const body = await made(nobody);

      expect(await open(examined()).sharing(type, body.cloudId, patience())).to.deep.equal(nobody);
      expect(body).to.include({ visibility: 'private', owner: examined().account.cloudAccountId });
      expect(await asStranger(body)).to.equal(undefined);
    });

    it('shared, is in the listing of the other account, as shared and with its owner', async () => {
      const body = await made(sharedWithStranger());

      const seen = await asStranger(body);

      expect(seen).to.include({ visibility: 'shared', owner: examined().account.cloudAccountId });
      expect(await shown(open(examined(), stranger), body)).to.deep.equal(seen);
      expect(await open(examined()).sharing(type, body.cloudId, patience())).to.deep.equal(
        sharedWithStranger(),
      );
      expect(await inListing(examined(), body)).to.include({ visibility: 'private' });
    });

    it('published, is public to its owner and to those who ask for it', async () => {
      const body = await made(everybody);

      const owners = await inListing(examined(), body);

      expect(owners).to.include({ visibility: 'public', owner: examined().account.cloudAccountId });
      expect(owners?.tags).to.deep.equal({});
      expect(await shown(open(examined(), stranger), body)).to.deep.equal(owners);
      expect(await open(examined()).sharing(type, body.cloudId, patience())).to.deep.equal(everybody);
    });

    it('taken back, is gone from the other listing', async () => {
      for (const sharing of [sharedWithStranger(), everybody]) {
        const body = await made(sharing);
        const { resource } = await open(examined()).share(type, body.cloudId, nobody, patience());

        expect(resource).to.include({ visibility: 'private' });
        expect(await asStranger(body)).to.equal(undefined);
        expect(await shown(open(examined(), stranger), body)).to.equal(undefined);
      }
    });

    it('said twice, is the same as said once', async () => {
      const body = await made(sharedWithStranger());

      const { resource } = await open(examined()).share(type, body.cloudId, sharedWithStranger(), patience());

      expect(resource).to.include({ cloudId: body.cloudId, visibility: 'private' });
      expect(await open(examined()).sharing(type, body.cloudId, patience())).to.deep.equal(
        sharedWithStranger(),
      );
    });

    it('cannot be changed, destroyed or passed on by one who is not its owner', async () => {
      for (const sharing of [nobody, sharedWithStranger(), everybody]) {
        const body = await made(sharing);
        const session = open(examined(), stranger);
        const before = await truth(examined(), body);

        const codes = [
          await codeOf(session.update(type, targetOf(body), { tags: { mine: 'now' } }, writing())),
          await codeOf(session.share(type, body.cloudId, everybodyBut(sharing), patience())),
          await codeOf(session.destroy(type, targetOf(body), writing())),
        ];

        const refusals = ['not-owner', 'cloud-forbidden', 'cloud-refused', 'cloud-not-found'];
        for (const code of codes) expect(refusals).to.include(code);
        expect(await truth(examined(), body)).to.deep.equal(before);
      }
    });
  });

  const everybodyBut = ({ public: isPublic }: Sharing): Sharing => ({ public: !isPublic, accounts: [] });
}

/** How its owner sees it. */
async function truth(examined: CloudUnderTest, body: ResourceBody): Promise<unknown> {
  const session = open(examined);
  return {
    shown: await shown(session, body),
    sharing: await session.sharing(body.type as ShareableType, body.cloudId, patience()),
  };
}

/** What is published by those whom the operator chose. */
export function describePublished(examined: Examined): void {
  it('lists what is published once, as public and without tags', async () => {
    const { cloud } = examined();
    for (const { name } of cloud.pollGroups.filter(({ scope }) => scope === 'published')) {
      const bodies = await listed(open(examined()), name);

      expect(new Set(bodies.map(({ cloudId }) => cloudId)).size, name).to.equal(bodies.length);
      for (const { visibility, tags, owner } of bodies) {
        expect({ visibility, tags }, name).to.deep.equal({ visibility: 'public', tags: {} });
        expect(owner, name).to.be.a('string').that.is.not.empty;
      }
    }
  });
}
