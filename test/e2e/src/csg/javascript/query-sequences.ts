// The services that are asked by a form and answer in XML.
import { Redshift } from '@aws-sdk/client-redshift';
import { SES } from '@aws-sdk/client-ses';
import { SNS } from '@aws-sdk/client-sns';
import { expect } from 'chai';
import { expectFailure } from './expect-failure.ts';
import type { ServiceSequences } from './service-sequences.ts';

export const redshift: ServiceSequences = {
  async verify(open) {
    expect((await open(Redshift).describeClusters({})).Clusters).to.be.an('array');
  },
  denied: (open) => open(Redshift).describeClusters({}),
};

export const ses: ServiceSequences = {
  async verify(open, ConfigurationSetName) {
    const mail = open(SES);
    await mail.createConfigurationSet({ ConfigurationSet: { Name: ConfigurationSetName } });
    const { ConfigurationSets } = await mail.listConfigurationSets({});
    expect(ConfigurationSets?.map(({ Name }) => Name)).to.include(ConfigurationSetName);
    await mail.deleteConfigurationSet({ ConfigurationSetName });
    const describing = mail.describeConfigurationSet({ ConfigurationSetName });
    await expectFailure(describing, /^ConfigurationSetDoesNotExist/);
  },
  denied: (open) => open(SES).listConfigurationSets({}),
};

export const sns: ServiceSequences = {
  async verify(open, Name) {
    const topics = open(SNS);
    const { TopicArn } = await topics.createTopic({ Name });
    const { Topics } = await topics.listTopics({});
    expect(Topics?.map((each) => each.TopicArn)).to.include(TopicArn);
    await topics.deleteTopic({ TopicArn });
    await expectFailure(topics.getTopicAttributes({ TopicArn }), /^NotFound/);
  },
  denied: (open) => open(SNS).listTopics({}),
};
